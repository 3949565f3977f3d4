package import Outbox
import Routing
package import SQLite

/// A service's copy of the accounts and API tokens of users: whom it shows, whom it lets in.
///
/// A service that wants more of users wraps it in a projection of its own, since a source is
/// followed by one:
///
///     var kinds: Set<String> { cards.kinds.union(["user.deleted"]) }
///     func apply(_ event: Event, in transaction: borrowing Transaction) throws {
///         if event.kind != "user.deleted" { return try cards.apply(event, in: transaction) }
package struct UserCards: Projection {
    package let source = "users"
    package let kinds: Set<String> = [UserChange.kind, APITokenCard.kind]
    package let snapshotKinds = [UserChange.snapshotKind, APITokenCard.snapshotKind]

    package init() {}

    /// The tables, for a migration: `Migration(4, "user cards", UserCards.schema)`.
    package static let schema = Array(
        """
        -- Accounts as users tells them; see UserChange. Disposable: built again from its snapshot.
        CREATE TABLE user_card (
            id              INTEGER PRIMARY KEY,
            version         INTEGER NOT NULL,
            username        TEXT    NOT NULL,
            name            TEXT    NOT NULL,
            avatar          TEXT    NOT NULL,
            state           TEXT    NOT NULL,
            role            TEXT    NOT NULL,
            ban_scope       TEXT,
            ban_until       INTEGER,
            session_version INTEGER NOT NULL,
            joined_at       INTEGER NOT NULL
        ) STRICT;

        -- Not unique: of two who exchange names one arrives first.
        CREATE INDEX user_card_by_username ON user_card (username COLLATE NOCASE);

        -- API tokens by their digest.
        CREATE TABLE token_card (
            hash       TEXT    PRIMARY KEY,
            version    INTEGER NOT NULL,
            user       INTEGER NOT NULL,
            scopes     TEXT    NOT NULL,
            expires_at INTEGER,
            is_revoked INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """.utf8)

    package func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        switch event.kind {
        case UserChange.kind: try UserCards.keep(UserChange(event), transaction)
        case APITokenCard.kind: try UserCards.keep(APITokenCard(event), transaction)
        default: break
        }
    }

    package func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Queries.markUsers)
        try transaction.run(Queries.markTokens)
    }

    package func sweep(in transaction: borrowing Transaction) throws {
        try transaction.run(Queries.sweepUsers)
        try transaction.run(Queries.sweepTokens)
    }

    private static func keep(
        _ change: UserChange, _ transaction: borrowing Transaction
    ) throws {
        let (card, standing) = (change.card, change.standing)
        try transaction.run(
            Queries.upsertUser, card.id, card.version, card.username, card.name, card.avatar,
            card.state.rawValue, standing.role.rawValue, standing.ban?.reach.rawValue,
            standing.ban?.untilMilliseconds, standing.sessionVersion,
            standing.joinedAtMilliseconds)
    }

    private static func keep(
        _ token: APITokenCard, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Queries.upsertToken, token.hash, token.version, token.user,
            token.scopes.joined(separator: " "), token.expiresAtMilliseconds, token.isRevoked)
    }
}

// Looking somebody up: one seek by key each.
extension UserCards {
    /// The card of `user`; one of nobody known yet if it has not come.
    package static func card<Source: Reader & ~Copyable>(
        of user: Int64, in reader: borrowing Source
    ) throws -> UserCard {
        try album(in: reader).card(of: user, in: reader)
    }

    /// For who looks up several cards in one state of the store.
    package static func album<Source: Reader & ~Copyable>(
        in reader: borrowing Source
    ) throws -> CardAlbum {
        CardAlbum(memory: try reader.memory(CardMemory.self))
    }

    /// Who is called so, whatever the case of ASCII letters; nil for nobody known, and for whoever
    /// was deleted.
    package static func user<Source: Reader & ~Copyable>(
        named username: String, in reader: borrowing Source
    ) throws -> UserCard? {
        try reader.first(Queries.named, username)
    }

    /// How the account stands; nil if nothing is known of it here.
    package static func standing<Source: Reader & ~Copyable>(
        of user: Int64, in reader: borrowing Source
    ) throws -> Standing? {
        try reader.first(Queries.standing, user)
    }
}
