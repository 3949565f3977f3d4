package import Bytes
import Synchronization

/// The tokens whose signatures were good: each is verified once in a process, not once a request.
///
/// Bounded: it never holds more than `tokensMax`. Up to about half of that many are all remembered;
/// of more, some are verified again. Only good tokens get in, so nobody fills it with rubbish. Safe
/// from any number of threads: two of them wait for each other only when their tokens fall into the
/// same one of sixteen parts, and then for a look into a table.
package final class VerifiedTokens: Sendable {
    /// More than a machine of ours has loops: two of them rarely meet.
    private static let shardCount = 16

    private struct Rules {
        var verifier: TokenVerifier
        /// Grows when a key disappears: what was verified before counts no more.
        var epoch: UInt64
    }

    private let rules: Mutex<Rules>
    /// The epoch of `rules`, to be read without its lock.
    private let epoch = Atomic<UInt64>(0)
    private let shards: [TokenShard]
    private let verifications = Atomic<Int>(0)

    /// Verifies by `verifier`; remembers `tokensMax` tokens at most.
    package init(
        _ verifier: TokenVerifier, tokensMax: Int = IdentityLimits.verifiedTokensMax
    ) {
        rules = Mutex(Rules(verifier: verifier, epoch: 0))
        let perGeneration = max(1, tokensMax / (2 * VerifiedTokens.shardCount))
        shards = (0..<VerifiedTokens.shardCount).map { _ in
            TokenShard(perGenerationMax: perGeneration)
        }
    }

    /// What the token says. Its age is looked at each time, its signature the first time only.
    package func claims(
        of token: ByteString, nowSeconds: Int64
    ) throws(TokenFault) -> TokenClaims {
        guard token.count >= TokenMark.tokenBytesMin else { throw .malformed }
        let mark = TokenMark(token)
        let shard = shards[mark.index(below: shards.count)]
        if let known = shard.find(mark), known.epoch == epoch.load(ordering: .acquiring),
            known.isSpelled(token)
        {
            try known.claims.requireLive(nowSeconds: nowSeconds)
            return known.claims
        }
        let (verifier, epoch) = rules.withLock { ($0.verifier, $0.epoch) }
        verifications.add(1, ordering: .relaxed)
        let claims = try verifier.verify(token, nowSeconds: nowSeconds)
        shard.insert(mark, KnownToken(token, claims, epoch: epoch))
        return claims
    }

    /// Verifies with other keys from now on. If one that was used before is gone, so is everything
    /// remembered.
    package func use(_ keys: KeySet) {
        rules.withLock { rules in
            if !rules.verifier.keys.isContained(in: keys) { rules.epoch += 1 }
            rules.verifier = rules.verifier.with(keys)
            epoch.store(rules.epoch, ordering: .releasing)
        }
    }

    /// Tokens that were not remembered and had to be verified, good ones and bad ones.
    package var verificationCount: Int { verifications.load(ordering: .relaxed) }

    /// Tokens remembered now.
    package var count: Int { shards.reduce(0) { $0 + $1.count } }
}
