package import Bytes
package import Records
import Routing
package import SQLite
package import UsersAPI

/// The members of the forum. Reads are answered at once from the store, writes after their commit.
package struct Users: UsersAPI {
    let store: Store
    let access: WriteAccess

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "users", PackageResources.V0001_users_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
    ]

    package init(store: Store, access: WriteAccess) {
        self.store = store
        self.access = access
    }

    package func user(_ id: ID<User>) throws -> User {
        guard let user = try store.read({ try $0.first(Queries.byID, id.rawValue) }) else {
            throw APIError.notFound("user \(id.rawValue)")
        }
        return user
    }

    package func add(_ new: NewUser) async throws -> User {
        try await store.write { try Users.add(new, $0) }
    }

    static func add(_ new: NewUser, _ transaction: borrowing Transaction) throws -> User {
        var inserts = try UserInserts(transaction)
        guard let user = try inserts.add(new, transaction) else {
            throw APIError.validation("username", "taken", "'\(new.username)' is in use")
        }
        return user
    }
}
