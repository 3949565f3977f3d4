package import Synchronization

/// Counts whole numbers by size, in buckets fixed when it is made. Any loop observes without a
/// lock.
///
/// Durations are observed in microseconds and shown in seconds, as Prometheus wants them.
package final class Histogram: Sendable {
    /// What the observed numbers are, and so how they are shown.
    package enum Unit: Sendable { case microseconds, bytes, plain }

    /// The most bounds a histogram may have: the buckets live inside the object.
    package static let boundsMax = 24

    /// Buckets for the duration of requests: those of the semantic conventions for HTTP, 5 ms to 10
    /// s, and finer ones below, because an answer from memory takes microseconds.
    package static let requestBounds = [
        50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 75_000, 100_000, 250_000,
        500_000, 750_000, 1_000_000, 2_500_000, 5_000_000, 7_500_000, 10_000_000,
    ]

    package let unit: Unit
    /// Upper bounds of the buckets, inclusive and rising; what is larger goes to a last bucket.
    package let bounds: [Int]
    @usableFromInline let sum = Atomic<Int>(0)
    @usableFromInline let buckets = InlineArray<25, Atomic<UInt64>> { _ in Atomic(0) }

    package init(unit: Unit = .microseconds, bounds: [Int] = requestBounds) {
        precondition(bounds.count <= Histogram.boundsMax, "no more bounds than boundsMax")
        precondition(
            zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "bounds rise strictly")
        self.unit = unit
        self.bounds = bounds
    }

    /// Counts one number.
    @inlinable package func observe(_ number: Int) {
        var index = 0
        while index < bounds.count, number > bounds[index] { index += 1 }
        buckets[index].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(number, ordering: .relaxed)
    }

    /// How many numbers each bucket holds, the one above the last bound included; and their sum.
    package var snapshot: (counts: [UInt64], sum: Int) {
        (
            (0...bounds.count).map { buckets[$0].load(ordering: .relaxed) },
            sum.load(ordering: .relaxed)
        )
    }
}
