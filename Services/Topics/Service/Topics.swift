package import Bytes
package import Records
import Routing
package import SQLite
package import TopicsAPI

/// The topics of the forum. Reads are answered at once from the store, writes after their commit.
package struct Topics: TopicsAPI {
    let store: Store
    let access: WriteAccess

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "topics", PackageResources.V0001_topics_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
    ]

    package init(store: Store, access: WriteAccess) {
        self.store = store
        self.access = access
    }

    package func topic(_ id: ID<Topic>) throws -> Topic {
        guard let topic = try store.read({ try $0.first(Queries.byID, id.rawValue) }) else {
            throw APIError.notFound("thread \(id.rawValue)")
        }
        return topic
    }

    package func add(_ new: NewTopic) async throws -> Topic {
        try await store.write { try Topics.add(new, $0) }
    }

    static func add(_ new: NewTopic, _ transaction: borrowing Transaction) throws -> Topic {
        var inserts = try TopicInserts(transaction)
        guard let topic = try inserts.add(new, transaction) else {
            throw APIError(.conflict, "the next id is in use")
        }
        return topic
    }
}
