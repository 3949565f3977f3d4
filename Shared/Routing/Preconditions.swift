import Bytes
package import HTTP

/// How a request's If-Match relates to the current state of what it wants to change.
package enum IfMatch: Equatable, Sendable {
    /// The client sent none.
    case absent
    case holds
    /// The client knows an older state: 412.
    case fails
}

// Conditional requests (RFC 9110 §13).
extension Request {
    /// Whether the client already holds the representation tagged `etag`: answer 304. Compares
    /// weakly; a malformed list matches nothing.
    package borrowing func isHeld(_ etag: ETag) -> Bool {
        guard head.storage.has(.ifNoneMatch) else { return false }
        return unsafe matches(.ifNoneMatch) { tag, isWeak in unsafe tag.isSpelled(etag.text.utf8) }
    }

    /// The verdict of If-Match about `etag`. Compares strongly, and only up to a `~`; `*` holds,
    /// for whoever asks has found the thing. A malformed list fails.
    package borrowing func ifMatch(_ etag: ETag) -> IfMatch {
        guard head.storage.has(.ifMatch) else { return .absent }
        let own = ETag.ownPart(of: etag.text)
        let holds = unsafe matches(.ifMatch) { tag, isWeak in
            let text = unsafe String(decoding: tag, as: UTF8.self)
            return !isWeak && ETag.ownPart(of: text) == own
        }
        return holds ? .holds : .fails
    }

    /// Whether `*` or any tag in the fields of this kind satisfies `isMatch`.
    private borrowing func matches(
        _ known: KnownField, _ isMatch: (UnsafeRawBufferPointer, Bool) -> Bool
    ) -> Bool {
        let storage = head.storage
        for line in storage.lines where line.known == known {
            var tags = unsafe TagList(storage.bytes(line.value))
            if unsafe tags.isStar { return true }
            while let tag = unsafe tags.next() {
                if unsafe isMatch(tag, tags.isWeak) { return true }
            }
        }
        return false
    }
}

extension ETag {
    /// The opaque part of a tag up to what is said about foreign cards.
    fileprivate static func ownPart(of text: String) -> Substring {
        text.dropFirst().dropLast().prefix { $0 != "~" }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isSpelled(_ text: String.UTF8View) -> Bool {
        unsafe count == text.count && elementsEqual(text)
    }
}

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
