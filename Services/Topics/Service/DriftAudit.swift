import Synchronization

/// Walks all topics again and again, a few at a time, and recounts what hangs on other services'
/// events. What it finds is repaired and counted: any number but 0 is a defect in the counting.
package final class DriftAudit: Sendable {
    /// Topics of one step: with a step every ten seconds a hundred thousand topics take a few
    /// hours, and a step costs less than a page of a list.
    private static let topicsMax = 100

    private let topics: Topics
    private let place = Atomic<Int64>(0)
    private let found = Atomic<Int>(0)

    /// Begins with the first topic.
    package init(_ topics: Topics) { self.topics = topics }

    /// Topics whose counts were not what a recount says, since the start of the process.
    package var drifted: Int { found.load(ordering: .relaxed) }

    /// Recounts the next few topics, or begins anew.
    package func step() async throws {
        let (drifted, last) = try await topics.audit(
            after: place.load(ordering: .relaxed), count: DriftAudit.topicsMax)
        found.wrappingAdd(drifted, ordering: .relaxed)
        place.store(last ?? 0, ordering: .relaxed)
    }
}
