package import SQLite

/// Cards of one state of the store, looked up one after the other.
package struct CardAlbum {
    let memory: CardMemory?

    /// The card of `user`; one of nobody known yet if it has not come. `reader` is the one that the
    /// album was made for.
    package func card<Source: Reader & ~Copyable>(
        of user: Int64, in reader: borrowing Source
    ) throws -> UserCard {
        if let card = memory?.known(user) { return card }
        if let memory { return try memory.card(of: user, in: reader) }
        return try reader.first(UserCards.Queries.card, user) ?? .unknown(user)
    }
}
