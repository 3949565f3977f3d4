import Bytes
import Records
import SQLite

/// Accounts and API tokens as users itself knows them: its own tables.
struct UserDirectory: AccountDirectory {
    let store: Store

    func standing(of user: Int64) throws -> Standing? {
        try store.read { try $0.first(Users.Queries.account, user)?.standing }
    }

    func apiToken(_ digest: ByteString) throws -> APITokenCard? {
        let hash = Base64URL.encode(digest)
        return try store.read { try $0.first(Users.Queries.tokenCard, hash) }
    }
}
