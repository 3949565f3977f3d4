import Bytes
import JSON
import Outbox
import Records
import SQLite
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
        if user.mode == .erase { try erase(user.id, transaction) }
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        json.key("source")
        json.string("threads")
        json.key("user")
        json.integer(user.id)
        if let job = user.job {
            json.key("job")
            json.integer(job)
        }
        json.endObject()
        let key = EventKey.text("threads:\(user.id):\(user.job ?? 0)")
        try Outbox.append(
            .fact("cascade.done", key: key, body: json.finish()),
            in: transaction)
    }

    /// Titles and opening texts by this user, in the words of nobody.
    private func erase(_ user: Int64, _ transaction: borrowing Transaction) throws {
        for topic in try transaction.all(Topics.ErasureQueries.topics, user) {
            try transaction.run(Topics.ErasureQueries.eraseTitle, topic)
            try transaction.run(Topics.ErasureQueries.eraseOpening, topic)
            try transaction.run(Topics.Queries.removeWords, topic)
            let row = try transaction.one(Topics.Queries.byID, topic)
            try Outbox.append(TopicEvent.changed(row), in: transaction)
            let event = TopicEvent.changed(row)
            try Outbox.tombstone(
                kind: event.kind, key: event.key, body: event.body, in: transaction)
            let opened = TopicEvent.opened(row.topic.id, by: user, Topics.erasedText)
            try Outbox.tombstone(
                kind: opened.kind, key: opened.key, body: opened.body, in: transaction)
        }
        try transaction.run(Topics.ErasureQueries.forgetWords)
        try transaction.run(Topics.Queries.noteChange)
    }
}

extension Topics {
    /// What stands where somebody's words were.
    static let erasedText = "[removed]"

    /// SQL about words that are taken back.
    enum ErasureQueries {
        /// Words of forgotten titles and texts stay in the file of the index until it is one piece.
        static let forgetWords = Query<Void, Void>(
            "INSERT INTO topic_search (topic_search) VALUES ('optimize')")
        static let topics = Query<Int64, Int64>(
            "SELECT id FROM topics WHERE created_by = ?1 AND state <> 'purged'"
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
    /// Which deletion of the account it is, so that the answer is taken for no other.
    let job: Int64?

    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        mode = fields.requiredWord("mode", Mode.self)
        job = fields.optionalInteger("job", in: 1...Int64.max)
    }
}
