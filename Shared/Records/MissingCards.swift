import Bytes
package import Outbox
package import SQLite
import Synchronization

/// Users who are shown without a card: asked of the users service together, so that somebody
/// unknown becomes known without waiting for their next change.
///
/// A projector brings every card; this is for whoever it missed, such as an account that was loaded
/// while it stood still. Each source of cards has one, for one store.
package final class MissingCards: Sendable {
    private struct State {
        var wanted: Set<Int64> = []
        /// When each was asked for that did not come.
        var asked: [Int64: Int64] = [:]
    }

    private let store: Store
    private let users: any FeedSource
    private let clock: FeedClock
    private let noting: @Sendable (borrowing Transaction) throws -> Void
    private let state = Mutex(State())

    /// Cards for `store`, from the feed of the users service. No event brings them: `noting` has to
    /// make the tags of lists others, in the transaction that keeps some.
    package init(
        _ store: Store, from users: any FeedSource, clock: FeedClock = .system,
        noting: @escaping @Sendable (borrowing Transaction) throws -> Void
    ) {
        self.store = store
        self.users = users
        self.clock = clock
        self.noting = noting
    }

    /// How many wait to be asked for.
    package var count: Int { state.withLock { $0.wanted.count } }

    /// Asks for these as soon as `fetch` is called, each once. Waits for nothing; those beyond the
    /// limit will be noticed again when they are shown again.
    package func note(_ ids: some Sequence<Int64>) {
        let now = clock.now()
        state.withLock { state in
            for id in ids where state.wanted.count < Limits.wantedMax {
                let isAsked = state.asked[id].map { now - $0 < Limits.againMilliseconds }
                if isAsked != true { state.wanted.insert(id) }
            }
        }
    }

    /// Asks for those that were noted, some in one snapshot, and keeps the cards that came unless
    /// newer ones are here; gives how many came. To be called every few seconds. After what it
    /// throws they are asked for again when they are shown a minute later.
    @discardableResult
    package func fetch() async throws -> Int {
        var rest = take()[...]
        var cards: [Event] = []
        for _ in 0..<Limits.snapshotsMax {
            guard let first = rest.first else { break }
            let page = try await users.snapshot(
                kind: UserChange.snapshotKind, afterKey: .number(first - 1),
                limit: Limits.rowsMax)
            let wanted = Set(rest)
            for row in page.rows {
                if let id = row.key.number, wanted.contains(id) { cards.append(row) }
            }
            // Up to its last row a page says who is there; the last page says it of all.
            let last = page.next == nil ? Int64.max : page.rows.last?.key.number ?? Int64.max
            rest = rest.drop { $0 <= last }
        }
        putBack(rest)
        if cards.isEmpty { return 0 }
        let found = cards
        try await store.write { [noting] transaction in
            for card in found { try UserCards().apply(card, in: transaction) }
            try noting(transaction)
        }
        state.withLock { state in
            for card in found { state.asked[card.key.number ?? 0] = nil }
        }
        return found.count
    }

    /// All that are wanted, in order; they are not asked for again soon.
    private func take() -> [Int64] {
        let now = clock.now()
        return state.withLock { state in
            let ids = state.wanted.sorted()
            state.wanted = []
            if state.asked.count + ids.count > Limits.askedMax { state.asked = [:] }
            for id in ids { state.asked[id] = now }
            return ids
        }
    }

    /// Those that did not fit the snapshots of one turn come with the next.
    private func putBack(_ ids: ArraySlice<Int64>) {
        state.withLock { state in
            for id in ids { state.asked[id] = nil }
            state.wanted.formUnion(ids.prefix(Limits.wantedMax - state.wanted.count))
        }
    }

    /// Every maximum, with its reason.
    private enum Limits {
        /// Ids that wait: several pages of nobody but strangers.
        static let wantedMax = 1_000
        /// Snapshots of one turn: ids lie apart, and each snapshot begins at one of them.
        static let snapshotsMax = 8
        /// Rows of one snapshot: neighbours come along, and a thousand are parsed in a millisecond.
        static let rowsMax = 200
        /// Nobody is there by this number: it is not asked for again on every page.
        static let againMilliseconds: Int64 = 60_000
        /// Remembered answers of that kind: some ten kilobytes.
        static let askedMax = 10_000
    }
}
