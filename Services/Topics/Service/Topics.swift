package import Bytes
package import Outbox
import Records
import Routing
package import SQLite
package import TopicsAPI
package import UsersAPI

/// The topics of the forum. Reads are answered at once from the store, writes after their commit.
package struct Topics: TopicsAPI {
    package let store: Store
    let clock: @Sendable () -> Int64
    /// For how long somebody waits.
    let timer: FeedClock
    let openings: OpeningSignal
    /// Where users who are shown without a card are asked for; nil: nowhere.
    let missing: MissingCards?
    /// What this service tells the others.
    package let feed: LocalFeed

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "topics", PackageResources.V0001_topics_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
        Migration(3, "categories", PackageResources.V0003_categories_sql),
        Migration(4, "outbox", Outbox.schema),
        Migration(5, "user cards", UserCards.schema),
        Migration(6, "lists", PackageResources.V0006_lists_sql),
        Migration(7, "rows", PackageResources.V0007_rows_sql),
        Migration(8, "uncounted posts", PackageResources.V0008_uncounted_sql),
    ]

    /// `clock` says when locks and pins end: milliseconds since 1970. `timer` says how long those
    /// wait who are answered later. `users` is asked for the cards of those who are shown without
    /// one; without it, that stays so.
    package init(
        store: Store, clock: @escaping @Sendable () -> Int64 = StoreSettings.systemClock,
        timer: FeedClock = .system, users: (any FeedSource)? = nil
    ) {
        self.store = store
        self.clock = clock
        self.timer = timer
        openings = OpeningSignal(store)
        missing = users.map { source in
            MissingCards(store, from: source, clock: timer) { try $0.run(Queries.noteChange) }
        }
        let threads = SnapshotTable(
            TopicEvent.snapshotKind,
            numbered: { reader, after, limit in
                try reader.topics(Queries.snapshot, after, limit).map {
                    try TopicEvent.changed($0, in: reader)
                }
            })
        feed = LocalFeed(store: store, tables: [threads])
    }

    /// What this service keeps of the others, one for each that it follows.
    package var projections: [any Projection] { [KnownUsers(), PostRefs(openings: openings)] }

    package func topic(_ id: ID<Topic>) throws -> Topic {
        try store.read { try Topics.row(id, for: .stranger, $0) }.topic
    }

    package func add(_ new: NewTopic, by author: ID<User>) async throws -> Topic {
        let viewer = Viewer(user: author.rawValue, role: .member)
        return try await store.write { transaction in
            try Topics.start(new, by: author, viewer, transaction).topic
        }
    }

    /// Writes down which locks and pins have ended by themselves, at most `count`, and tells the
    /// others, who have no clock for them; gives how many. Readers here see the end without it.
    @discardableResult
    package func endMarks(count: Int = 100) async throws -> Int {
        try await store.write { transaction in
            let topics = try transaction.all(Queries.overdue, transaction.now, count)
            for topic in topics {
                let row = try transaction.knownTopic(topic)
                try Topics.endMarks(row, transaction)
                _ = try Topics.finish(row.topic.id, transaction)
            }
            return topics.count
        }
    }

    /// Ends what has ended by itself and goes on with jobs until there are none: to be called every
    /// second or so. Costs two reads where there is nothing to do.
    package func upkeep() async throws {
        let isOverdue = try store.read { try !$0.all(Queries.overdue, clock(), 1).isEmpty }
        if isOverdue { try await endMarks() }
        while try await continueJobs() {}
    }

    /// Recounts the topics that follow `id`, at most `count`, from the messages known here, and
    /// repairs what differs. Gives how many differed, and the last one looked at: nil at the end.
    package func audit(
        after id: Int64, count: Int
    ) async throws -> (drifted: Int, last: Int64?) {
        try await store.write { transaction in
            let topics = try transaction.all(PostQueries.auditable, id, count)
            var drifted = 0
            for topic in topics where try !PostCounts.recount(topic, transaction) { drifted += 1 }
            return (drifted, topics.count < count ? nil : topics.last)
        }
    }
}

// Finding what somebody may see.
extension Topics {
    /// The topic if `viewer` may see it: `not-found` in a category that is hidden from them, `gone`
    /// for one that was deleted, unless they keep order there.
    static func row<Source: Reader & ~Copyable>(
        _ id: ID<Topic>, for viewer: Viewer, _ reader: borrowing Source
    ) throws -> TopicRow {
        guard let row = try reader.topic(id.rawValue),
            try viewer.canRead(row.topic.category, row.levels, in: reader)
        else { throw APIError.notFound("thread \(id.rawValue)") }
        switch row.topic.state {
        case .visible: return row
        case .purged: break
        case .pending, .deleted, .merged:
            if try viewer.moderates(row.topic.category, row.levels, in: reader) { return row }
        }
        throw APIError(.gone, "thread \(id.rawValue) was deleted")
    }

    /// The thread as `viewer` sees it at `now`.
    static func view<Source: Reader & ~Copyable>(
        _ row: TopicRow, for viewer: Viewer, at now: Int64, _ reader: borrowing Source
    ) throws -> TopicView {
        let people = try TopicPeople(of: row, from: UserCards.album(in: reader), in: reader)
        let text =
            row.opening == .pending
            ? try reader.first(Queries.opening, row.topic.id.rawValue) : nil
        let me = try TopicStanding(of: viewer, to: row, at: now, in: reader)
        return TopicView(row, people: people, at: now, pendingText: text, me: me)
    }

    /// Threads of a list: with their people, and with what `standing` says of their reader.
    static func views<Source: Reader & ~Copyable>(
        _ rows: [TopicRow], at now: Int64, _ reader: borrowing Source,
        standing: (TopicRow) throws -> TopicStanding? = { _ in nil }
    ) throws -> [TopicView] {
        let album = try UserCards.album(in: reader)
        return try rows.map { row in
            let people = try TopicPeople(of: row, from: album, in: reader)
            return TopicView(row, people: people, at: now, me: try standing(row))
        }
    }
}
