/// How often something may be done: so many times at once, and as many again in each window,
/// given back evenly.
package struct RateQuota: Hashable, Sendable {
    /// At least 1.
    package let count: Int
    /// At least 1.
    package let windowSeconds: Int

    /// `count` in `windowSeconds`.
    package init(_ count: Int, perSeconds windowSeconds: Int) {
        precondition(count >= 1 && windowSeconds >= 1, "a quota allows something, sometimes")
        self.count = count
        self.windowSeconds = windowSeconds
    }

    /// The time after which one more is given back.
    var intervalMicroseconds: Int64 { Int64(windowSeconds) * 1_000_000 / Int64(count) }
}
