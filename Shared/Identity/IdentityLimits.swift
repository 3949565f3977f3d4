/// Every maximum of this module, with its reason.
package enum IdentityLimits {
    /// Characters of a password. Ten, because a list of the common ones stands beside it; 256 hold
    /// any sentence and keep hashing the password itself cheap.
    package static let passwordCharacters = 10...256
    /// UTF-8 bytes of a password as typed: 256 characters, each of them decomposed.
    package static let passwordBytesMax = 4096
    /// Memory for one password: a stored string cannot ask for more. Four times the standard, for
    /// the day on which the standard rises.
    package static let scryptBytesMax = 64 * 1024 * 1024 + 64 * 1024
    /// Blocks (N·r·p) for one password: six times the standard, somewhat more than a second.
    package static let scryptWorkMax = 1 << 22
    /// Passwords that wait for a worker: at a fifth of a second each, the last of 32 on one worker
    /// waits seven seconds, and nobody waits longer for a page.
    package static let passwordsPendingMax = 32
    /// Bytes of an access token: ours have about 450, a head has room for 4 kB of it.
    package static let tokenBytesMax = 4096
    /// Roles in a token; a member of the forum has one or two.
    package static let rolesMax = 16
    /// Scopes in a token: the API names fewer.
    package static let scopesMax = 32
    /// One word in a token: a role, a scope, a session, an audience.
    package static let wordCharactersMax = 128
    /// The name of a key.
    package static let keyIDCharactersMax = 64
    /// Keys of a set: the issuer publishes two or three.
    package static let keysMax = 16
    /// Bytes of a set: sixteen keys take less than three kilobytes.
    package static let keySetBytesMax = 16 * 1024
    /// Keys kept in a ring's folder: three live at a time, more means that somebody else's files
    /// lie there.
    package static let ringKeysMax = 64
    /// Bytes of a private key's file: one takes about 250.
    package static let keyFileBytesMax = 1024
    /// Verified tokens that a process remembers, about a kilobyte each: the active readers of ten
    /// minutes. With more of them, some are verified again.
    package static let verifiedTokensMax = 8192
    /// Bytes sealed at once: a stored answer with a token in it has a few hundred.
    package static let sealedBytesMax = 1024 * 1024
}
