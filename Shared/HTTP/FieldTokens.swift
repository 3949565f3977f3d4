import Bytes

/// Walks the elements of a comma-separated list (RFC 9110 §5.6.1), without the blanks around them.
///
/// Empty elements come out as empty slices: whoever asks decides whether they matter.
struct FieldTokens {
    private var position: Int
    private let end: Int

    /// The list that `value` holds.
    init(_ value: Slice) {
        position = value.lower
        end = value.upper
    }

    /// The next element of the list in `bytes`, nil after the last.
    mutating func next(_ bytes: UnsafeRawBufferPointer) -> Slice? {
        guard position <= end else { return nil }
        var lower = position
        while position < end, unsafe bytes[position] != UInt8(ascii: ",") { position += 1 }
        var upper = position
        position += 1
        while lower < upper, unsafe isBlank(bytes[lower]) { lower += 1 }
        while upper > lower, unsafe isBlank(bytes[upper - 1]) { upper -= 1 }
        return Slice(offset: lower, count: upper - lower)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }
}
