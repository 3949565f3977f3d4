package import Bytes

/// 256 random bits that mean something to their issuer only: `fr_` and 43 letters. The issuer
/// stores the digest, so that its store opens nothing. Never printed.
package struct OpaqueToken: Sendable, CustomStringConvertible {
    /// What a token is for, told by its first letters: a found one can be named and revoked.
    package enum Kind: String, CaseIterable, Sendable {
        /// Once, for a new access token.
        case refresh = "fr"
        /// A member's own program.
        case personal = "fp"
        /// Once, to show that mail arrives.
        case emailVerification = "fe"
        /// Once, to choose a new password.
        case passwordReset = "fw"
        /// To register where that is not open to everybody.
        case invite = "fi"
    }

    private static let randomBytes = 32
    private static let separator = "_"

    package let kind: Kind
    /// The token itself, for handing it to whoever must present it.
    package let text: String

    /// A new one.
    package static func random(_ kind: Kind) throws(CryptoFault) -> OpaqueToken {
        let letters = Base64URL.encode(try RandomBytes.makePrivate(randomBytes))
        return OpaqueToken(kind, kind.rawValue + separator + letters)
    }

    /// A token somebody presents; nil when it can be none, which needs no look into the store.
    package init?(_ text: String) {
        let parts = text.split(
            separator: OpaqueToken.separator, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])),
            parts[1].utf8.count == (OpaqueToken.randomBytes * 4 + 2) / 3,
            Base64URL.decode(parts[1]) != nil
        else { return nil }
        self.init(kind, text)
    }

    private init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// What is stored of it: SHA-256 of the text, 32 bytes. No salt and no slow hash: nobody
    /// guesses 256 bits.
    package var digest: ByteString { Digest.sha256(ByteString(text)) }

    /// Says what it is for, and nothing of it.
    package var description: String { "(\(kind) token)" }
}
