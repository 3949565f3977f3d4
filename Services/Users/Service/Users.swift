package import Bytes
package import Outbox
package import Records
import Routing
package import SQLite
package import UsersAPI

/// The members of the forum. Reads are answered at once from the store, writes after their commit.
package struct Users: UsersAPI {
    package let store: Store
    /// How people get in.
    let accounts: Accounts
    /// Writes that answer with the position of this feed.
    let writes: KeyedWrites
    /// What the other services follow.
    package let feed: LocalFeed

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "users", PackageResources.V0001_users_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
        Migration(3, "accounts", PackageResources.V0002_accounts_sql),
        Migration(4, "outbox", Outbox.schema),
        Migration(5, "deletions", PackageResources.V0003_deletions_sql),
        Migration(6, "activity", PackageResources.V0006_activity_sql),
    ]

    /// `store` was opened with `schema`, `accounts` say how people get in.
    package init(store: Store, accounts: Accounts, clock: FeedClock = .system) {
        self.store = store
        self.accounts = accounts
        writes = KeyedWrites(store, position: { ("users", try Outbox.head(in: $0)) })
        feed = LocalFeed(store: store, tables: Users.snapshots, clock: clock)
    }

    /// Who callers are, for the router of this process.
    package var authenticator: TokenAuthenticator {
        TokenAuthenticator(accounts.issuer.tokens, UserDirectory(store: store))
    }

    package func user(_ id: ID<User>) throws -> User {
        guard let user = try store.read({ try $0.first(Queries.byID, id.rawValue) }) else {
            throw APIError.notFound("user \(id.rawValue)")
        }
        if user.state == .deleted { throw APIError.deleted(id) }
        return user
    }

    package func add(_ new: NewUser) async throws -> User {
        try await store.write { try Users.add(new, $0) }
    }
}
