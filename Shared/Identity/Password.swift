import Bytes

/// What a person types to prove who they are. Never printed, kept as UTF-8 of its normal form.
package struct Password: Sendable, CustomStringConvertible {
    let bytes: ByteString

    /// A password somebody chooses: held against the rules of today.
    package init(choosing text: String) throws(PasswordFault) {
        guard text.utf8.count <= IdentityLimits.passwordBytesMax else { throw .tooLong }
        let form = NormalForm.composed(text)
        let count = form.unicodeScalars.count
        guard count >= IdentityLimits.passwordCharacters.lowerBound else { throw .tooShort }
        guard count <= IdentityLimits.passwordCharacters.upperBound else { throw .tooLong }
        guard !form.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .controlCharacter }
        guard !CommonPasswords.contains(form) else { throw .common }
        bytes = ByteString(form)
    }

    /// A password somebody enters to be let in: the rules may have been others when it was chosen.
    /// Nil when it is longer than any rule ever allowed, and so is nobody's.
    package init?(entered text: String) {
        guard text.utf8.count <= IdentityLimits.passwordBytesMax else { return nil }
        bytes = ByteString(NormalForm.composed(text))
    }

    /// Says that it is a password, and nothing of it.
    package var description: String { "(password)" }
}

/// Why a password cannot be chosen.
package enum PasswordFault: String, Error, Equatable, Sendable, CustomStringConvertible {
    case tooShort = "too-short"
    case tooLong = "too-long"
    case controlCharacter = "control-character"
    case common = "too-common"

    /// A stable slug for client programs.
    package var code: String { rawValue }

    /// One sentence for the person who chose it.
    package var description: String {
        switch self {
        case .tooShort: "at least \(IdentityLimits.passwordCharacters.lowerBound) characters"
        case .tooLong: "at most \(IdentityLimits.passwordCharacters.upperBound) characters"
        case .controlCharacter: "control characters cannot be part of a password"
        case .common: "too easy to guess: choose one that nobody else has"
        }
    }
}
