import Outbox
import SQLite

/// The cards that a connection has looked up, as long as no event of users has been applied since.
///
/// A page of twenty threads shows a hundred people, mostly the same: each is a look into this table
/// then, not a walk down the store's tree.
final class CardMemory: StoreMemory {
    /// A power of two. Whoever comes to a place replaces who was there; at most 20 MB a connection.
    private static let places = 1 << 16

    private var reach: FeedReach?
    private var cards: [UserCard?] = []
    /// Places of those who were not known yet.
    private var unknown: [Int] = []

    /// Those who were not known yet are forgotten with every commit: a card that comes late, not
    /// with its event, brings no other sign.
    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) throws {
        let now = try Outbox.reach(of: "users", in: reader)
        if now == reach {
            for place in unknown { cards[place] = nil }
        } else {
            reach = now
            cards = []
        }
        unknown = []
    }

    /// The card of `user`, if it is remembered.
    func known(_ user: Int64) -> UserCard? {
        if cards.isEmpty { return nil }
        guard let card = cards[place(of: user)], card.id == user else { return nil }
        return card
    }

    private func place(of user: Int64) -> Int {
        Int(truncatingIfNeeded: user) & (CardMemory.places - 1)
    }

    /// The card of `user` from the store: it is remembered from now on.
    func card<Source: Reader & ~Copyable>(
        of user: Int64, in reader: borrowing Source
    ) throws -> UserCard {
        let found = try reader.first(UserCards.Queries.card, user)
        let card = (found ?? .unknown(user)).writtenDown()
        if unknown.count == CardMemory.places { (cards, unknown) = ([], []) }
        if cards.isEmpty { cards = Array(repeating: nil, count: CardMemory.places) }
        let place = place(of: user)
        cards[place] = card
        // Without a cursor no event of users was applied, and none would say of a change.
        if found == nil || reach == nil { unknown.append(place) }
        return card
    }
}
