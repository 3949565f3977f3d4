package import Bytes

/// A private key (Ed25519, RFC 8032) and the moment from which it signs. Never printed.
package struct SigningKey: Sendable, CustomStringConvertible {
    /// The public half, to be published before the key signs anything.
    package let verifyingKey: VerifyingKey
    /// Seconds since 1970; until then it is the next key.
    package let signsFromSeconds: Int64
    let seed: ByteString
    private let key: EdwardsKey

    /// A new key from OpenSSL's generator for private things.
    package static func random(signsFromSeconds: Int64) throws(CryptoFault) -> SigningKey {
        try SigningKey(
            seed: RandomBytes.makePrivate(EdwardsKey.seedBytes), signsFromSeconds: signsFromSeconds)
    }

    /// The key that a seed of 32 bytes stands for.
    package init(seed: ByteString, signsFromSeconds: Int64) throws(CryptoFault) {
        key = try EdwardsKey(seed: seed)
        let publicKey = try key.publicKey()
        let keyID = KeyID.make(publicKey: publicKey, signsFromSeconds: signsFromSeconds)
        guard let verifyingKey = VerifyingKey(keyID: keyID, bytes: publicKey) else {
            throw .failed("making a key")
        }
        self.verifyingKey = verifyingKey
        self.signsFromSeconds = signsFromSeconds
        self.seed = seed
    }

    /// The `kid`.
    package var keyID: String { verifyingKey.keyID }

    /// The signature of `message`, 64 bytes.
    package func sign(_ message: ByteString) throws(CryptoFault) -> ByteString {
        try key.sign(message)
    }

    /// Says which key it is, and nothing that could sign.
    package var description: String { "(private key \(keyID))" }
}
