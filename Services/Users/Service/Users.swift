package import Bytes
package import Outbox
package import Records
import Routing
package import SQLite
package import UsersAPI

/// The members of the forum. Reads are answered at once from the store, writes after their commit.
package struct Users: UsersAPI {
    package let store: Store
    let access: WriteAccess
    /// How people get in; nil: nobody can.
    let accounts: Accounts?
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

    /// Without `accounts` users can be read and, with open writes, made; nobody can sign in.
    package init(
        store: Store, access: WriteAccess, accounts: Accounts? = nil, clock: FeedClock = .system
    ) {
        self.store = store
        self.access = access
        self.accounts = accounts
        writes = KeyedWrites(store, position: { ("users", try Outbox.head(in: $0)) })
        feed = LocalFeed(store: store, tables: Users.snapshots, clock: clock)
    }

    /// Who callers are, for the router of this process; nil without accounts.
    package var authenticator: TokenAuthenticator? {
        accounts.map { TokenAuthenticator($0.issuer.tokens, UserDirectory(store: store)) }
    }

    func requireAccounts() throws(APIError) -> Accounts {
        if let accounts { return accounts }
        throw APIError(.serviceUnavailable, "this instance has no keys to sign tokens with")
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
