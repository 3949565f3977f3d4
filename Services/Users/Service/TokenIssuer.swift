package import Identity
import Synchronization

/// Signs access tokens with the keys of a folder, and knows its own: the tokens it verifies are
/// those it would sign.
package final class TokenIssuer: Sendable {
    /// The tokens of this issuer, each verified once.
    package let tokens: VerifiedTokens

    private let folder: KeyRingFolder
    private let signer: TokenSigner
    private let ring: Mutex<KeyRing>

    /// Reads the keys, makes those that are missing. Verifiers know the same two names.
    package init(
        _ folder: KeyRingFolder, issuer: String = "forum", audience: String = "forum",
        nowSeconds: Int64
    ) throws {
        self.folder = folder
        signer = TokenSigner(issuer: issuer, audience: audience)
        let ring = try folder.upkeep(nowSeconds: nowSeconds)
        self.ring = Mutex(ring)
        tokens = VerifiedTokens(
            TokenVerifier(
                keys: ring.published(nowSeconds: nowSeconds), issuer: issuer, audience: audience))
    }

    /// To be called every few minutes: makes the key that is due, forgets those that are over.
    package func upkeep(nowSeconds: Int64) throws {
        let ring = try folder.upkeep(nowSeconds: nowSeconds)
        self.ring.withLock { $0 = ring }
        tokens.use(ring.published(nowSeconds: nowSeconds))
    }

    /// A token for `grant`, valid from now on for `TokenSigner.lifetimeSeconds`.
    func token(_ grant: TokenGrant, nowSeconds: Int64) throws -> String {
        try signer.sign(grant, with: ring.withLock { $0 }, nowSeconds: nowSeconds)
    }

    /// The keys that verifiers are to know now.
    func published(nowSeconds: Int64) -> KeySet {
        ring.withLock { $0 }.published(nowSeconds: nowSeconds)
    }
}
