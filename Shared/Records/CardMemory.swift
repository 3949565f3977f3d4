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

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) throws {
        let now = try Outbox.reach(of: "users", in: reader)
        if now == reach && now != nil { return }
        reach = now
        cards = []
    }

    /// The card of `user`, from the store if it is not remembered. Nobody who is not known yet is
    /// remembered: a card that comes late brings no event.
    func card<Source: Reader & ~Copyable>(
        of user: Int64, in reader: borrowing Source
    ) throws -> UserCard? {
        let place = Int(truncatingIfNeeded: user) & (CardMemory.places - 1)
        if !cards.isEmpty, let card = cards[place], card.id == user { return card }
        guard let card = try reader.first(UserCards.Queries.card, user)?.writtenDown() else {
            return nil
        }
        guard reach != nil else { return card }
        if cards.isEmpty { cards = Array(repeating: nil, count: CardMemory.places) }
        cards[place] = card
        return card
    }
}
