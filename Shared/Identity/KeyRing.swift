/// The private keys of an issuer over time, in the order in which they sign: one signs, one is
/// next, and those before stay published until the last token they signed is over.
///
/// What is due follows from the keys and the time alone, so that all processes with the same keys
/// agree without a word.
package struct KeyRing: Sendable {
    /// How long a key signs.
    package static let signingSeconds: Int64 = 30 * 24 * 3600
    /// How long a key stays published after its successor has begun: the life of a token, the skew
    /// of clocks, and time for slow readers.
    package static let overlapSeconds = TokenSigner.lifetimeSeconds + 300
    /// How long a new key is published before it signs: every verifier has looked ten times.
    package static let leadSeconds: Int64 = 3600

    /// By the moment from which they sign, at least one.
    package let keys: [SigningKey]

    /// `keys` has at least one key; no two have the same name.
    package init(_ keys: [SigningKey]) {
        precondition(!keys.isEmpty, "an issuer has a key")
        self.keys = keys.sorted {
            ($0.signsFromSeconds, $0.keyID) < ($1.signsFromSeconds, $1.keyID)
        }
    }

    /// The key that signs now. Before the time of the first, because a clock was set back, the
    /// first.
    package func current(nowSeconds: Int64) -> SigningKey {
        keys[currentIndex(nowSeconds)]
    }

    /// The key that is published and does not sign yet, if there is one.
    package func next(nowSeconds: Int64) -> SigningKey? {
        let index = currentIndex(nowSeconds) + 1
        return index < keys.count ? keys[index] : nil
    }

    /// What verifiers are told: every key that signs, will sign, or has signed a token that may
    /// still be alive.
    package func published(nowSeconds: Int64) -> KeySet {
        let live = keys.filter { !hasEnded($0, nowSeconds: nowSeconds) }
        return KeySet(live.suffix(IdentityLimits.keysMax).map(\.verifyingKey))
    }

    /// Whether no token of this key is alive: nobody needs it any more.
    func hasEnded(_ key: SigningKey, nowSeconds: Int64) -> Bool {
        guard let index = keys.firstIndex(where: { $0.keyID == key.keyID }),
            index + 1 < keys.count
        else { return false }
        return nowSeconds >= keys[index + 1].signsFromSeconds + KeyRing.overlapSeconds
    }

    /// From when the key signs that is missing; nil if there is a next one.
    func missingKeySignsFromSeconds(nowSeconds: Int64) -> Int64? {
        if next(nowSeconds: nowSeconds) != nil { return nil }
        let due = current(nowSeconds: nowSeconds).signsFromSeconds + KeyRing.signingSeconds
        return max(due, nowSeconds + KeyRing.leadSeconds)
    }

    private func currentIndex(_ nowSeconds: Int64) -> Int {
        keys.lastIndex { $0.signsFromSeconds <= nowSeconds } ?? 0
    }
}
