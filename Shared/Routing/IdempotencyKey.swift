import Bytes
package import HTTP

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
