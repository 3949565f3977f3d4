import Bytes

/// The `name=value` pairs of a query in their order, decoded (a `+` is a space, as forms write it).
///
/// Parts without `=` have an empty value, empty parts are skipped. Parts that are not valid escapes
/// or not UTF-8 end the sequence with `isMalformed` set, so that the caller can refuse the request.
package struct QueryString: Sequence, IteratorProtocol {
    /// A name and its value, both decoded.
    package typealias Element = (name: String, value: String)

    private let bytes: ByteString
    private var position = 0
    /// Whether a part could not be decoded.
    package private(set) var isMalformed = false

    /// The pairs of `query`, which has no `?` before it.
    package init(_ query: UnsafeRawBufferPointer) { bytes = unsafe ByteString(copying: query) }

    package init(_ query: String) { bytes = ByteString(query) }

    /// The query of a request; empty if it has none.
    package init(_ head: RequestHead) {
        guard let query = head.query else { bytes = ByteString(); return }
        bytes = unsafe ByteString(copying: head.storage.bytes(query))
    }

    package mutating func next() -> Element? {
        while position < bytes.count, !isMalformed {
            let start = position
            let part = bytes.slice(from: start, count: bytes.count - start)
            let length = part.firstIndex(of: UInt8(ascii: "&")) ?? part.count
            position = start + length + 1
            if length == 0 { continue }
            if let pair = QueryString.pair(part.slice(from: 0, count: length)) { return pair }
            isMalformed = true
        }
        return nil
    }

    /// The first value of `name`; nil if there is none or the query is malformed before it.
    package func first(_ name: String) -> String? { first { $0.name == name }?.value }

    private static func pair(_ part: ByteString) -> Element? {
        let equals = part.firstIndex(of: UInt8(ascii: "="))
        let nameEnd = equals ?? part.count
        let valueStart = equals.map { $0 + 1 } ?? part.count
        guard let name = text(part.slice(from: 0, count: nameEnd)),
            let value = text(part.slice(from: valueStart, count: part.count - valueStart))
        else { return nil }
        return (name, value)
    }

    private static func text(_ bytes: ByteString) -> String? {
        unsafe bytes.withBytes { unsafe PercentEncoding.decodeText($0, plusIsSpace: true) }
    }
}

extension ByteString {
    fileprivate func firstIndex(of byte: UInt8) -> Int? {
        unsafe withBytes { unsafe $0.firstIndex(of: byte) }
    }
}
