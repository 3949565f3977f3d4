import Bytes
package import HTTP

// Conditional requests (RFC 9110 §13).
extension Request {
    /// Whether the client already holds the representation tagged `etag`: answer 304. Compares
    /// weakly; a malformed list matches nothing.
    package borrowing func isHeld(_ etag: ETag) -> Bool {
        guard head.storage.has(.ifNoneMatch) else { return false }
        for line in head.storage.lines where line.known == .ifNoneMatch {
            var tags = unsafe TagList(head.storage.bytes(line.value))
            if unsafe tags.isStar { return true }
            while let tag = unsafe tags.next() {
                if unsafe tag.isSpelled(etag.text.utf8) { return true }
            }
        }
        return false
    }

    /// What the client says it knows of the thing it wants to change: a value, to be compared
    /// where the thing is read, inside the transaction.
    package borrowing func match() -> MatchCondition {
        guard head.storage.has(.ifMatch) else { return .none }
        var known: [String] = []
        for line in head.storage.lines where line.known == .ifMatch {
            var tags = unsafe TagList(head.storage.bytes(line.value))
            if unsafe tags.isStar { return .anything }
            while let tag = unsafe tags.next() {
                guard unsafe !tags.isWeak else { continue }
                let text = unsafe String(decoding: tag, as: UTF8.self)
                known.append(String(ETag.ownPart(of: text)))
            }
        }
        return MatchCondition(known: known)
    }

    /// The verdict of If-Match about `etag`. Compares strongly, and only up to a `~`; `*` holds,
    /// for whoever asks has found the thing. A malformed list fails.
    package borrowing func ifMatch(_ etag: ETag) -> IfMatch { match().verdict(etag) }

    /// Throws 412 with the current tag unless If-Match holds or is absent. For things that cannot
    /// change meanwhile; in a transaction use `match()`.
    package borrowing func requireMatch(_ etag: ETag) throws(APIError) {
        try match().require(etag)
    }
}

extension ETag {
    /// The opaque part of a tag up to what is said about foreign cards.
    static func ownPart(of text: String) -> Substring {
        text.dropFirst().dropLast().prefix { $0 != "~" }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isSpelled(_ text: String.UTF8View) -> Bool {
        unsafe count == text.count && elementsEqual(text)
    }
}
