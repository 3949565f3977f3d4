package import Bytes
package import HTTP

/// Finds out who sends a request.
package protocol Authenticator: Sendable {
    /// The caller whom the Authorization of `head` names; nil if it names nobody, such as another
    /// scheme. Throws 401 `unauthenticated` or `token-expired` for a token that is not valid, also
    /// on routes that are open to anyone.
    ///
    /// Called on the loop for every request with Authorization: it must not wait.
    func caller(_ head: RequestHead, nowMilliseconds: Int64) throws(APIError) -> Caller?
}

extension RequestHead {
    /// The token of RFC 6750 §2.1, the scheme in any case; nil without one.
    package var bearerToken: ByteString? {
        guard let place = storage.first(.authorization) else { return nil }
        let scheme = "bearer " as StaticString
        let value = unsafe storage.bytes(place)
        guard value.count > scheme.utf8CodeUnitCount else { return nil }
        let (word, rest) = unsafe (
            UnsafeRawBufferPointer(rebasing: value[..<scheme.utf8CodeUnitCount]),
            UnsafeRawBufferPointer(rebasing: value[scheme.utf8CodeUnitCount...])
        )
        guard unsafe ASCII.equals(word, lowercase: scheme) else { return nil }
        guard let start = unsafe rest.firstIndex(where: { $0 != ASCII.space }) else { return nil }
        return unsafe ByteString(copying: UnsafeRawBufferPointer(rebasing: rest[start...]))
    }
}
