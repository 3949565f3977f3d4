import Bytes

extension PasswordHash: CustomStringConvertible {
    /// The stored form.
    package var text: String {
        let costs = "ln=\(parameters.logN),r=\(parameters.blockSize),p=\(parameters.parallelism)"
        return "$scrypt$\(costs)$\(CryptBase64.encode(salt))$\(CryptBase64.encode(hash))"
    }

    /// Says what it is and nothing of it: logs are read by more people than stores.
    package var description: String { "(password hash)" }

    /// The hash in the stored form: nil for any other spelling, for other algorithms and for costs
    /// beyond `IdentityLimits`.
    package init?(parsing text: String) {
        guard text.utf8.count <= PasswordHash.textBytesMax else { return nil }
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, let parameters = PasswordHash.parameters(parts[2]),
            let salt = CryptBase64.decode(parts[3]), salt.count == PasswordHash.saltBytes,
            let hash = CryptBase64.decode(parts[4]), hash.count == PasswordHash.hashBytes
        else { return nil }
        self.init(parameters: parameters, salt: salt, hash: hash)
        // What is left are the fixed words and numbers with zeros in front: one spelling only.
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    /// The longest one with three numbers of two digits each, and some.
    private static let textBytesMax = 128

    private static func parameters(_ text: Substring) -> ScryptParameters? {
        let numbers = text.split(separator: ",").map { cost -> Int? in
            cost.split(separator: "=").last.flatMap { DecimalText.parse($0) }.map(Int.init)
        }
        guard numbers.count == 3, let logN = numbers[0], let blockSize = numbers[1],
            let parallelism = numbers[2]
        else { return nil }
        return ScryptParameters(logN: logN, blockSize: blockSize, parallelism: parallelism)
    }
}

/// Base64 with the usual alphabet and without padding, as stored password hashes have it.
private enum CryptBase64 {
    static func encode(_ bytes: ByteString) -> String {
        swapped(Base64URL.encode(bytes), [("-", "+"), ("_", "/")])
    }

    static func decode(_ text: Substring) -> ByteString? {
        if text.contains("-") || text.contains("_") { return nil }
        return Base64URL.decode(swapped(String(text), [("+", "-"), ("/", "_")]))
    }

    private static func swapped(_ text: String, _ letters: [(Character, Character)]) -> String {
        String(text.map { letter in letters.first { $0.0 == letter }?.1 ?? letter })
    }
}
