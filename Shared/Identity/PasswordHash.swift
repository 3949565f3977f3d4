import Bytes

/// What is kept of a password: enough to recognise it, not enough to know it.
///
/// As text `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`, both in base64 without padding.
package struct PasswordHash: Equatable, Sendable {
    /// Random bytes that make two equal passwords two different hashes.
    static let saltBytes = 16
    static let hashBytes = 32

    /// How it was made.
    package let parameters: ScryptParameters
    let salt: ByteString
    let hash: ByteString

    init(parameters: ScryptParameters, salt: ByteString, hash: ByteString) {
        self.parameters = parameters
        self.salt = salt
        self.hash = hash
    }

    /// The hash of `password` under a new salt. Takes as long as a guess: see `PasswordPool`.
    package init(
        _ password: Password, _ parameters: ScryptParameters = .standard
    ) throws(CryptoFault) {
        let salt = try RandomBytes.make(PasswordHash.saltBytes)
        let hash = try parameters.derive(
            PasswordHash.hashBytes, from: password.bytes, salt: salt)
        self.init(parameters: parameters, salt: salt, hash: hash)
    }

    /// A hash of no password at all. Checking against it costs as much as against a real one, so
    /// that the time of an answer does not tell which names exist.
    package static func nobody(_ parameters: ScryptParameters = .standard) -> PasswordHash {
        PasswordHash(
            parameters: parameters, salt: ByteString([UInt8](repeating: 0, count: saltBytes)),
            hash: ByteString([UInt8](repeating: 0, count: hashBytes)))
    }

    /// Whether it was made of `password`. Takes as long as making it; how long tells nothing about
    /// where they differ.
    package func matches(_ password: Password) throws(CryptoFault) -> Bool {
        let derived = try parameters.derive(
            PasswordHash.hashBytes, from: password.bytes, salt: salt)
        return FixedTime.equal(derived, hash)
    }

    /// Whether the password should be hashed again at the next login, because a guess has to cost
    /// more by now.
    package func needsRehash(under parameters: ScryptParameters = .standard) -> Bool {
        self.parameters.isWeaker(than: parameters)
    }
}
