package import Bytes
package import SQLite

/// Accounts and API tokens as a service other than users knows them: by its copies.
package struct CardDirectory: AccountDirectory {
    private let store: Store

    /// `store` has the tables of `UserCards.schema`.
    package init(_ store: Store) { self.store = store }

    package func standing(of user: Int64) throws -> Standing? {
        try store.read { try UserCards.standing(of: user, in: $0) }
    }

    package func apiToken(_ digest: ByteString) throws -> APITokenCard? {
        let hash = Base64URL.encode(digest)
        return try store.read { try $0.first(UserCards.Queries.token, hash) }
    }
}
