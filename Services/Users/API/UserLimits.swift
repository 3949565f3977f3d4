import Bytes

/// Every maximum of a user, with its reason.
package enum UserLimits {
    /// Two is the shortest name people want; 32 fit beside a post.
    package static let usernameCharacters = 2...32
    /// Full names of any culture fit in a hundred characters.
    package static let nameCharacters = 1...100
    /// A few paragraphs: it is shown whole and travels with every full view.
    package static let bioCharacters = 0...2000
    /// A town and a country.
    package static let locationCharacters = 0...100
    /// Longer addresses of pages exist and nobody shows them.
    package static let websiteCharacters = 0...200
    /// A few lines below every text.
    package static let signatureCharacters = 0...500
    /// RFC 5321 §4.5.3.1: a path has 256 with its brackets.
    package static let emailCharacters = 3...254
    /// Why somebody was banned: a few sentences.
    package static let reasonCharacters = 1...500
    /// A token that may do nothing is none; there are not more things to do than this.
    package static let scopes = 1...16
    /// Longer than any token that is made here.
    package static let tokenCharacters = 1...1024
    /// What a client calls itself is cut here: enough to be recognised.
    package static let agentCharacters = 200

    /// Whether it is the name of something that a service lets a token do: which ones there are,
    /// each service knows for itself.
    package static func isScope(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && ["users", "threads", "posts"].contains(parts[0])
            && (1...32).contains(parts[1].utf8.count)
            && parts[1].utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x61...0x7a).contains($0) }
    }

    /// Whether a browser could be sent there without running anything.
    package static func isWebsite(_ text: String) -> Bool {
        text.isEmpty
            || (text.hasPrefix("https://") || text.hasPrefix("http://"))
                && text.unicodeScalars.allSatisfy { $0.value > 0x20 }
    }

    /// Whether mail could go there: one `@` with something on both sides and nothing that ends a
    /// line or a word. Whether it arrives is found out by sending some.
    package static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value >= 0x21 }
    }

    /// ASCII only, so that names cannot look alike while being different, and fold without tables.
    package static func isUsernameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
