import Bytes
import JSON
import Outbox
import Records
import SQLite
import Search
import TopicsAPI

/// What topics keep of the users service: cards, and that somebody's account was deleted.
struct KnownUsers: Projection {
    private static let deletedKind = "user.deleted"
    private let cards = UserCards()

    var source: String { cards.source }
    var kinds: Set<String> { cards.kinds.union([KnownUsers.deletedKind]) }
    var snapshotKinds: [String] { cards.snapshotKinds }

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        if event.kind == KnownUsers.deletedKind {
            try forget(DeletedUser.decode(event.body), transaction)
        } else {
            try cards.apply(event, in: transaction)
        }
    }

    func mark(in transaction: borrowing Transaction) throws { try cards.mark(in: transaction) }

    func sweep(in transaction: borrowing Transaction) throws { try cards.sweep(in: transaction) }

    /// Once or twice, the effect is the same; the answer is given each time.
    private func forget(_ user: DeletedUser, _ transaction: borrowing Transaction) throws {
        try transaction.run(Topics.FollowingQueries.forgetReads, user.id)
        try transaction.run(Topics.FollowingQueries.forgetSubscriptions, user.id)
        try transaction.run(Topics.FollowingQueries.forgetModerator, user.id)
        try KeptAnswers.forget(user: user.id, transaction)
        guard user.mode == .erase else {
            return try KnownUsers.tell(user.id, deletion: user.job, transaction)
        }
        let total = try transaction.one(Topics.ErasureQueries.count, user.id)
        _ = try TopicJob.start(.eraseUser, user.id, goal: user.job, total: total, transaction)
    }

    /// Tells users that nothing of this one is left to be done here; `job` is their number for the
    /// deletion, so that the answer is taken for no other, and 0 if they gave none.
    static func tell(
        _ user: Int64, deletion job: Int64, _ transaction: borrowing Transaction
    ) throws {
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        json.key("source")
        json.string("threads")
        json.key("user")
        json.integer(user)
        if job > 0 {
            json.key("job")
            json.integer(job)
        }
        json.endObject()
        try Outbox.append(
            .fact("cascade.done", key: .text("threads:\(user):\(job)"), body: json.finish()),
            in: transaction)
    }

    /// Title and opening text of a topic, in the words of nobody.
    static func erase(
        _ topic: Int64, by user: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.indexing(topic, in: .placed) {
            try transaction.run(Topics.ErasureQueries.eraseTitle, topic)
            try transaction.run(Topics.ErasureQueries.eraseOpening, topic)
        }
        let row = try transaction.knownTopic(topic)
        let event = try TopicEvent.changed(row, in: transaction)
        try Outbox.append(event, in: transaction)
        try Outbox.tombstone(kind: event.kind, key: event.key, body: event.body, in: transaction)
        let opened = TopicEvent.opened(row.topic.id, by: user, Topics.erasedText)
        try Outbox.tombstone(
            kind: opened.kind, key: opened.key, body: opened.body, in: transaction)
    }
}

extension Topics {
    /// What stands where somebody's words were.
    static let erasedText = "[removed]"

    /// SQL about words that are taken back.
    enum ErasureQueries {
        /// user, after, how many
        static let topics = Query<(Int64, Int64, Int), Int64>(
            """
            SELECT id FROM topics WHERE created_by = ?1 AND id > ?2 AND state <> 'purged'
            ORDER BY id LIMIT ?3
            """
        ) { $0.int64(0) }
        static let count = Query<Int64, Int64>(
            "SELECT count(*) FROM topics WHERE created_by = ?1 AND state <> 'purged'"
        ) { $0.int64(0) }
        static let eraseTitle = Query<Int64, Void>(
            """
            UPDATE topics SET title = '[removed]', slug = 'removed', version = version + 1
            WHERE id = ?1
            """)
        static let eraseOpening = Query<Int64, Void>(
            "UPDATE openings SET text = '[removed]' WHERE topic = ?1")
    }
}

/// What `user.deleted` says.
private struct DeletedUser: JSONDecodable {
    enum Mode: String, CaseIterable { case keep, anonymize, erase }

    let id: Int64
    let mode: Mode
    /// Which deletion of the account it is; 0 if that is not said.
    let job: Int64

    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        mode = fields.requiredWord("mode", Mode.self)
        job = fields.optionalInteger("job", in: 1...Int64.max) ?? 0
    }
}
