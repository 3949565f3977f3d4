import Bytes

/// The entity tags of one field line, one after the other.
@unsafe
struct TagList {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    /// Whether the tag just given was marked weak.
    private(set) var isWeak = false

    init(_ bytes: UnsafeRawBufferPointer) { unsafe self.bytes = unsafe bytes }

    /// Whether the line is `*`.
    var isStar: Bool { unsafe bytes.count == 1 && bytes[0] == UInt8(ascii: "*") }

    /// The next tag with its quotes; nil at the end and at the first thing that is no tag.
    mutating func next() -> UnsafeRawBufferPointer? {
        unsafe skipSeparators()
        unsafe isWeak = false
        if unsafe index + 1 < bytes.count, unsafe bytes[index] == UInt8(ascii: "W"),
            unsafe bytes[index + 1] == UInt8(ascii: "/")
        {
            unsafe isWeak = true
            unsafe index += 2
        }
        guard unsafe index < bytes.count, unsafe bytes[index] == UInt8(ascii: "\"") else {
            return nil
        }
        var end = unsafe index + 1
        while unsafe end < bytes.count, unsafe ETag.isOpaque(bytes[end]) { end += 1 }
        guard unsafe end < bytes.count, unsafe bytes[end] == UInt8(ascii: "\"") else { return nil }
        defer { unsafe index = end + 1 }
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[index...end])
    }

    private mutating func skipSeparators() {
        while unsafe index < bytes.count {
            let byte = unsafe bytes[index]
            guard byte == ASCII.space || byte == ASCII.tab || byte == UInt8(ascii: ",") else {
                return
            }
            unsafe index += 1
        }
    }
}
