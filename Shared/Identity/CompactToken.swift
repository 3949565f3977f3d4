import Bytes

/// A token cut into its parts (RFC 7515 §3.1), nothing of it believed yet.
struct CompactToken {
    /// Decoded.
    let header: ByteString
    /// Decoded.
    let payload: ByteString
    /// Decoded.
    let signature: ByteString
    /// What the signature is for: both first parts as they were sent, with the dot.
    let signed: ByteString

    /// Exactly three parts, none empty, each in canonical base64url.
    init(_ token: ByteString) throws(TokenFault) {
        guard token.count <= IdentityLimits.tokenBytesMax else { throw .tooLong }
        let dots = unsafe token.withBytes { bytes in
            bytes.indices.filter { unsafe bytes[$0] == UInt8(ascii: ".") }
        }
        guard dots.count == 2, dots[0] > 0, dots[1] > dots[0] + 1, token.count > dots[1] + 1
        else { throw .malformed }
        signed = token.slice(from: 0, count: dots[1])
        guard let header = Base64URL.decode(token.slice(from: 0, count: dots[0])),
            let payload = Base64URL.decode(
                token.slice(from: dots[0] + 1, count: dots[1] - dots[0] - 1)),
            let signature = Base64URL.decode(
                token.slice(from: dots[1] + 1, count: token.count - dots[1] - 1))
        else { throw .malformed }
        self.header = header
        self.payload = payload
        self.signature = signature
    }
}
