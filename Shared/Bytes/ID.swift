/// The number of one thing of kind `Thing`: positive, at most 2^53 so that every JSON reader keeps
/// it exact.
@usableFromInline
package struct ID<Thing>: Hashable, Sendable, Comparable {
    @usableFromInline package let rawValue: Int64

    /// The largest whole number that a double keeps exactly.
    @inlinable package static var rawValueMax: Int64 { 1 << 53 }

    /// An identifier read from a place that already checked it, such as a store.
    @inlinable package init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// An identifier from outside: nil unless it is in 1…2^53.
    @inlinable package init?(checking rawValue: Int64) {
        guard rawValue >= 1, rawValue <= ID.rawValueMax else { return nil }
        self.rawValue = rawValue
    }

    @inlinable package static func < (left: ID, right: ID) -> Bool {
        left.rawValue < right.rawValue
    }
}
