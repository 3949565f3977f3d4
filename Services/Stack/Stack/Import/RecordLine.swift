import Bytes

/// A record as one line of NDJSON.
enum RecordLine {
    /// Appends the object in `bytes`, in one line whatever it was, with its place if it needs one.
    static func write(
        _ bytes: UnsafeRawBufferPointer, isEmpty: Bool, place: Int?, into out: inout ByteBuffer
    ) {
        let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - 1)])
        unsafe writeInOneLine(content, into: &out)
        if let place {
            out.append(isEmpty ? "\"place\":" as StaticString : ",\"place\":")
            out.append(decimal: place)
        }
        out.append("}\n" as StaticString)
    }

    /// In JSON that was checked, line ends lie between its parts only, where a space does as well.
    private static func writeInOneLine(
        _ bytes: UnsafeRawBufferPointer, into out: inout ByteBuffer
    ) {
        var start = 0
        while let end = unsafe LineCount.lineFeed(in: bytes, from: start) {
            unsafe out.append(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            out.append(ASCII.space)
            start = end + 1
        }
        unsafe out.append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }
}
