package import Bytes
package import MessagesAPI
package import Records
import Routing
package import SQLite

/// The messages of the forum. Reads are answered at once from the store, writes after their commit.
package struct Messages: MessagesAPI {
    let store: Store
    let access: WriteAccess

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "messages", PackageResources.V0001_messages_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
    ]

    package init(store: Store, access: WriteAccess) {
        self.store = store
        self.access = access
    }

    package func message(_ id: ID<Message>) throws -> Message {
        guard let message = try store.read({ try $0.first(Queries.byID, id.rawValue) }) else {
            throw APIError.notFound("post \(id.rawValue)")
        }
        return message
    }

    package func add(_ new: NewMessage) async throws -> Message {
        try await store.write { try Messages.add(new, $0) }
    }

    static func add(_ new: NewMessage, _ transaction: borrowing Transaction) throws -> Message {
        var inserts = try MessageInserts(transaction)
        return try inserts.add(new, transaction)
    }
}
