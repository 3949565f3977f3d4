/// A place inside some bytes: offset and count, four gigabytes at most. Says nothing about whose
/// bytes they are.
@usableFromInline
package struct Slice: Equatable, Sendable {
    @usableFromInline package var offset: UInt32
    @usableFromInline package var count: UInt32

    @inlinable package init(offset: Int, count: Int) {
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// Nothing, nowhere.
    @inlinable package static var empty: Slice { Slice(offset: 0, count: 0) }

    @inlinable package var isEmpty: Bool { count == 0 }
    @inlinable package var lower: Int { Int(offset) }
    @inlinable package var upper: Int { Int(offset) + Int(count) }

    /// The slice without its first `bytes` bytes.
    @inlinable package func dropping(_ bytes: Int) -> Slice {
        precondition(bytes <= count, "a slice is dropped at most whole")
        return Slice(offset: lower + bytes, count: Int(count) - bytes)
    }
}
