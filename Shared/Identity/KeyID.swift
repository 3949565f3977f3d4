import Bytes

/// The name of a key as tokens carry it: `2026-11-26-3f9a1c0b`, the day on which it begins to sign
/// and the start of its public half's fingerprint. Readable, and never the name of two keys.
enum KeyID {
    /// Bytes of the fingerprint in the name: keys of one day are few.
    private static let fingerprintBytes = 4

    /// The name of the key with this public half.
    static func make(publicKey: ByteString, signsFromSeconds: Int64) -> String {
        let day = Timestamp(milliseconds: signsFromSeconds * 1000).text.prefix(10)
        var fingerprint = ByteBuffer(capacity: 2 * fingerprintBytes)
        for byte in Digest.sha256(publicKey).array.prefix(fingerprintBytes) {
            fingerprint.append(ASCII.hexDigit(byte >> 4))
            fingerprint.append(ASCII.hexDigit(byte & 15))
        }
        return "\(day)-\(fingerprint.freeze().text)"
    }

    /// Whether `text` can be the name of anybody's key: letters, digits, `-`, `_` and `.`, so that
    /// it can stand in a log line and in a message as it is.
    static func isValid(_ text: String) -> Bool {
        (1...IdentityLimits.keyIDCharactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            }
    }
}
