/// Where a topic stands before all others.
package enum PinScope: String, CaseIterable, Sendable { case none, category, global }
