import Synchronization

/// One part of the verified tokens, with a lock of its own: two generations of a bounded number.
///
/// When the young generation is full it becomes the old one, and the old one is forgotten. What is
/// asked for again becomes young again. That keeps what is in use, costs nothing per hit and needs
/// no list of ages.
final class TokenShard: Sendable {
    private typealias Generation = [TokenMark: KnownToken]

    private struct State {
        var young: Generation = [:]
        var old: Generation = [:]

        /// Answers the generation that is forgotten, for the caller to let go of outside the lock.
        mutating func insert(_ mark: TokenMark, _ token: KnownToken, _ max: Int) -> Generation {
            young[mark] = token
            guard young.count >= max else { return [:] }
            defer {
                old = young
                young = [:]
            }
            return old
        }
    }

    private let state = Mutex(State())
    private let perGenerationMax: Int

    init(perGenerationMax: Int) { self.perGenerationMax = perGenerationMax }

    /// The token with this mark, if it is remembered.
    func find(_ mark: TokenMark) -> KnownToken? {
        let (token, forgotten) = state.withLock { state -> (KnownToken?, Generation) in
            if let token = state.young[mark] { return (token, [:]) }
            guard let token = state.old.removeValue(forKey: mark) else { return (nil, [:]) }
            return (token, state.insert(mark, token, perGenerationMax))
        }
        _ = forgotten
        return token
    }

    /// Remembers the token, in the place of one that may have the same mark.
    func insert(_ mark: TokenMark, _ token: KnownToken) {
        let forgotten = state.withLock { $0.insert(mark, token, perGenerationMax) }
        _ = forgotten
    }

    var count: Int { state.withLock { $0.young.count + $0.old.count } }
}
