import Bytes

/// Every maximum of a user, with its reason.
package enum UserLimits {
    /// Two is the shortest name people want; 32 fit beside a post.
    package static let usernameCharacters = 2...32
    /// Full names of any culture fit in a hundred characters.
    package static let nameCharacters = 1...100
    /// A few paragraphs: it is shown whole and travels with every full view.
    package static let bioCharacters = 0...2000

    /// ASCII only, so that names cannot look alike while being different, and fold without tables.
    package static func isUsernameByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
