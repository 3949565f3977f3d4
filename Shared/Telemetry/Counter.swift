package import Synchronization

/// A number that only rises. Any loop adds to it without a lock.
package final class Counter: Sendable {
    @usableFromInline let value = Atomic<UInt64>(0)

    package init() {}

    @inlinable package func add(_ amount: Int = 1) {
        value.wrappingAdd(UInt64(truncatingIfNeeded: amount), ordering: .relaxed)
    }

    /// What was counted so far.
    package var total: UInt64 { value.load(ordering: .relaxed) }
}
