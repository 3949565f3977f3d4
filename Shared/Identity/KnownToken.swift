import Bytes
import Glibc

/// A token whose signature was good, what it says, and under which keys that was found out.
final class KnownToken: Sendable {
    let claims: TokenClaims
    /// See `VerifiedTokens`: raised when a key disappears.
    let epoch: UInt64
    private let token: ByteString

    /// Keeps a copy of the token: the bytes it lies in may be those of a whole connection.
    init(_ token: ByteString, _ claims: TokenClaims, epoch: UInt64) {
        self.token = unsafe token.withBytes { unsafe ByteString(copying: $0) }
        self.claims = claims
        self.epoch = epoch
    }

    /// Whether `other` is this token, every byte of it. Not in fixed time: whoever gets here with
    /// another token has already presented 96 bits of this one's signature.
    func isSpelled(_ other: ByteString) -> Bool {
        guard other.count == token.count else { return false }
        return unsafe token.withBytes { own in
            unsafe other.withBytes { theirs in
                guard let own = own.baseAddress, let theirs = theirs.baseAddress else {
                    return true
                }
                return unsafe memcmp(own, theirs, token.count) == 0
            }
        }
    }
}
