import Bytes
import Identity
import Testing

/// A token that must not be accepted, how it is made, and the reason that has to be given.
struct TokenAttack: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (Issuer) throws -> String
    private let reason: TokenFault

    init(
        _ name: String, _ reason: TokenFault, _ make: @escaping @Sendable (Issuer) throws -> String
    ) {
        self.name = name
        self.make = make
        self.reason = reason
    }

    /// `<kid>` in it stands for the name of the issuer's key.
    func reason(_ issuer: Issuer) -> TokenFault {
        guard case .unknownKey(let keyID) = reason else { return reason }
        return .unknownKey(keyID.replacing("<kid>", with: issuer.key.keyID))
    }

    var testDescription: String { name }

    /// Truly signed, with a header of its own; `<kid>` stands for the name of the key.
    static func header(_ name: String, _ header: String, _ reason: TokenFault) -> TokenAttack {
        TokenAttack("header: \(name)", reason) { issuer in
            try issuer.token(
                header: header.replacing("<kid>", with: issuer.key.keyID), payload: Issuer.payload()
            )
        }
    }

    /// Truly signed, with one claim that is not as it should be.
    static func claim(_ name: String, _ value: String?, _ reason: TokenFault) -> TokenAttack {
        TokenAttack("claim \(name): \(value ?? "missing")", reason) { issuer in
            try issuer.token(header: issuer.header, payload: Issuer.payload(name, value))
        }
    }

    /// Truly signed, with a payload of its own.
    static func payload(_ name: String, _ payload: String, _ reason: TokenFault) -> TokenAttack {
        TokenAttack("payload: \(name)", reason) { issuer in
            try issuer.token(header: issuer.header, payload: payload)
        }
    }

    /// A good token, changed as text.
    static func shape(
        _ name: String, _ reason: TokenFault = .malformed,
        _ change: @escaping @Sendable ([String]) -> String
    ) -> TokenAttack {
        TokenAttack("shape: \(name)", reason) { issuer in
            change(try issuer.token().split(separator: ".").map(String.init))
        }
    }

    /// A good token with another signature.
    static func signature(
        _ name: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> TokenAttack {
        TokenAttack("signature: \(name)", .signature) { issuer in
            let parts = try issuer.token().split(separator: ".").map(String.init)
            let signature = Base64URL.decode(parts[2])?.array ?? []
            let changed = Base64URL.encode(ByteString(change(signature)))
            return "\(parts[0]).\(parts[1]).\(changed)"
        }
    }

    /// HMAC-SHA256 (RFC 2104), for the attack that takes a public key for a shared secret.
    static func hmac(_ message: String, key: ByteString) -> ByteString {
        let padded = key.array + [UInt8](repeating: 0, count: 64 - key.count)
        let inner = Digest.sha256(ByteString(padded.map { $0 ^ 0x36 } + Array(message.utf8)))
        return Digest.sha256(ByteString(padded.map { $0 ^ 0x5c } + inner.array))
    }

    /// The order of the curve's group, lowest byte first: a signature with its second half raised
    /// by it satisfies a sloppy verifier (RFC 8032 §8.4).
    static func raisedByOrder(_ signature: [UInt8]) -> [UInt8] {
        let order =
            bytes(hex: "edd3f55c1a631258d69cf7a2def9de14").array
            + [UInt8](repeating: 0, count: 15) + [0x10]
        var carry = 0
        return signature[..<32]
            + zip(signature[32...], order).map { digit, other in
                carry += Int(digit) + Int(other)
                defer { carry >>= 8 }
                return UInt8(truncatingIfNeeded: carry)
            }
    }
}
