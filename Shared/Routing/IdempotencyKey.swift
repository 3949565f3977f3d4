import Bytes
package import HTTP

/// What becomes of a request that is sent twice with one Idempotency-Key.
package enum Repetition: Sendable {
    /// The second gets the answer of the first: `post` routes.
    case kept
    /// Both are carried out, and the second changes nothing: it is idempotent by nature.
    case repeatable
    /// A key is refused with 400: nobody could keep the promise.
    case refused
}

/// The mark of a POST that may be carried out twice with the effect of once.
package enum Nature: Sendable {
    case repeatable
}

extension RequestHead {
    /// The key of a POST, as it was sent; nil without one and for other methods, which need none.
    /// 400 unless it is one field of 1…255 visible ASCII characters.
    package func idempotencyKey() throws(APIError) -> String? {
        guard method == .post, storage.has(.idempotencyKey) else { return nil }
        let lines = storage.lines.filter { $0.known == .idempotencyKey }
        let value = unsafe storage.bytes(lines[0].value)
        guard lines.count == 1, IdempotencyKey.lengths.contains(value.count),
            unsafe value.allSatisfy(IdempotencyKey.isVisible)
        else {
            throw .malformed(
                "Idempotency-Key is one field of \(IdempotencyKey.lengths.lowerBound) to "
                    + "\(IdempotencyKey.lengths.upperBound) visible ASCII characters")
        }
        return storage.text(lines[0].value)
    }
}

/// The form of an Idempotency-Key.
enum IdempotencyKey {
    /// A UUID needs 36; longer ones would only fill the store.
    static let lengths = 1...255

    static func isVisible(_ byte: UInt8) -> Bool { (0x21...0x7e).contains(byte) }
}
