package import Synchronization

/// A number that rises and falls. Any loop changes it without a lock.
package final class Gauge: Sendable {
    @usableFromInline let value = Atomic<Int>(0)

    package init() {}

    @inlinable package func add(_ amount: Int = 1) { value.wrappingAdd(amount, ordering: .relaxed) }

    @inlinable package func subtract(_ amount: Int = 1) {
        value.wrappingSubtract(amount, ordering: .relaxed)
    }

    @inlinable package func set(_ newValue: Int) { value.store(newValue, ordering: .relaxed) }

    /// What it stands at.
    package var current: Int { value.load(ordering: .relaxed) }
}
