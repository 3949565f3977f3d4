package import Bytes

/// A random word that opens a door. Compared in constant time, never printed.
package struct Secret: Sendable, CustomStringConvertible {
    /// Random bytes of a new secret: 256 bits, out of reach of guessing.
    private static let randomBytes = 32
    /// A secret that a person chose has at least this many characters.
    package static let charactersMin = 16
    /// Longer is a mistake, such as the wrong file.
    package static let charactersMax = 1024

    /// The characters, for whoever derives keys from them.
    let bytes: ByteString

    /// A secret from a setting; nil unless it has 16…1024 printable ASCII characters.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (Secret.charactersMin...Secret.charactersMax).contains(bytes.count),
            bytes.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        self.bytes = ByteString(bytes)
    }

    /// A new secret of 64 hexadecimal characters, from OpenSSL's generator.
    package static func random() throws(SecretError) -> Secret {
        guard let raw = try? RandomBytes.makePrivate(randomBytes) else { throw .noRandomness }
        let text = raw.array.flatMap { [ASCII.hexDigit($0 >> 4), ASCII.hexDigit($0 & 15)] }
        return Secret(bytes: ByteString(text))
    }

    private init(bytes: ByteString) { self.bytes = bytes }

    /// Whether `other` is the same secret. The time taken tells nothing about where they differ.
    package func matches(_ other: ByteString) -> Bool { FixedTime.equal(bytes, other) }

    /// The secret itself, for handing it to whoever must present it.
    package var text: String { bytes.text }

    /// Says that it is a secret, and nothing of it.
    package var description: String { "(secret)" }
}

/// Why there is no secret.
package enum SecretError: Error, Equatable, Sendable, CustomStringConvertible {
    case noRandomness
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    /// Others than the owner may read the file.
    case exposed(path: String)
    case malformed(path: String)

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .noRandomness: "the system gives no random numbers"
        case .unreadable(let path, let reason): "cannot read the secret in \(path): \(reason)"
        case .unwritable(let path, let reason): "cannot keep a secret in \(path): \(reason)"
        case .exposed(let path):
            "the secret in \(path) can be read by others: chmod 600 \(path)"
        case .malformed(let path):
            "\(path) holds no secret: expected one line of 16 to 1024 printable characters"
        }
    }
}
