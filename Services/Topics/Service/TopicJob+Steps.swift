import Bytes
import Outbox
import SQLite
import Search
import TopicsAPI

// What is done in one transaction of a job: at most `TopicLimits.jobRowsMax` topics.
extension TopicJob {
    /// Notes a job and does its first step. One about the same that is running begins anew.
    static func start(
        _ kind: Kind, _ target: Int64, goal: Int64, total: Int64,
        _ transaction: borrowing Transaction
    ) throws -> TopicJob {
        let running = try transaction.first(Queries.same, kind.rawValue, target)
        if let running {
            try transaction.run(Queries.restart, running, goal, total)
        } else {
            try transaction.run(
                Queries.insert, kind.rawValue, target, goal, total, transaction.now)
        }
        let id = running ?? transaction.lastInsertedRowID
        try transaction.one(Queries.byID, id).step(transaction)
        return try transaction.one(Queries.byID, id)
    }

    /// Works on the next topics, and ends the job after the last.
    func step(_ transaction: borrowing Transaction) throws {
        let topics = try topics(transaction)
        for topic in topics { try work(on: topic, transaction) }
        let isOver = try topics.count < TopicLimits.jobRowsMax && !isForgetting(transaction)
        try transaction.run(
            Queries.note, id, topics.last ?? after, Int64(topics.count), isOver)
        if isOver { try end(transaction) }
        try transaction.run(Topics.Queries.noteChange)
    }

    /// Whether words that were erased may still stand in the file of the index: takes out some.
    private func isForgetting(_ transaction: borrowing Transaction) throws -> Bool {
        try kind == .eraseUser && transaction.mergeIndex()
    }

    private func topics(_ transaction: borrowing Transaction) throws -> [Int64] {
        let count = TopicLimits.jobRowsMax
        return switch kind {
        case .moveCategory: try transaction.all(Queries.inCategory, target, 0, count)
        case .settleCategory: try transaction.all(Queries.inCategory, target, after, count)
        case .mergeTag: try transaction.all(Topics.TagQueries.topics, target, count)
        case .eraseUser: try transaction.all(Topics.ErasureQueries.topics, target, after, count)
        }
    }

    private func work(on topic: Int64, _ transaction: borrowing Transaction) throws {
        switch kind {
        case .moveCategory: try move(topic, transaction)
        case .settleCategory: try settle(topic, transaction)
        case .mergeTag: try retag(topic, transaction)
        case .eraseUser: try KnownUsers.erase(topic, by: target, transaction)
        }
    }

    private func end(_ transaction: borrowing Transaction) throws {
        switch kind {
        case .moveCategory: try Categories.remove(emptied: target, transaction)
        case .settleCategory: break
        case .mergeTag: try Tags.remove(emptied: target, for: goal, transaction)
        case .eraseUser: try KnownUsers.tell(target, deletion: goal, transaction)
        }
    }

    private func move(_ topic: Int64, _ transaction: borrowing Transaction) throws {
        let row = try transaction.knownTopic(topic)
        try Topics.count(row, by: -1, transaction)
        try transaction.indexing(topic, in: .placed) {
            try transaction.run(Topics.Queries.setCategory, topic, goal)
            try Topics.settle(row.topic.id, transaction)
        }
        try transaction.run(Topics.Queries.touch, topic, transaction.now)
        let moved = try transaction.knownTopic(topic)
        try Topics.count(moved, by: 1, transaction)
        try tell(moved, transaction)
    }

    private func settle(_ topic: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.indexing(topic, in: .placed) {
            try Topics.settle(ID(topic), transaction)
        }
        try transaction.run(Topics.Queries.bump, topic)
        try tell(transaction.knownTopic(topic), transaction)
    }

    private func retag(_ topic: Int64, _ transaction: borrowing Transaction) throws {
        let row = try transaction.knownTopic(topic)
        let isCounted = row.topic.state == .visible
        let (id, category) = (row.topic.id, row.topic.category)
        if isCounted { try Tags.count(id, in: category, by: -1, transaction) }
        var tags: [Int64] = []
        for tag in try transaction.all(Topics.TagQueries.ofTopic, topic) {
            let tag = tag == target ? goal : tag
            if tag > 0, !tags.contains(tag) { tags.append(tag) }
        }
        try Tags.put(tags, on: id, transaction)
        if isCounted { try Tags.count(id, in: category, by: 1, transaction) }
        try transaction.run(Topics.Queries.bump, topic)
    }

    /// Of what is purged there is nothing new to tell.
    private func tell(_ row: TopicRow, _ transaction: borrowing Transaction) throws {
        if row.topic.state == .purged { return }
        try Outbox.append(TopicEvent.changed(row, in: transaction), in: transaction)
    }
}

extension TopicJob {
    /// SQL about jobs, and about the topics that they work on.
    enum Queries {
        static let byID = Query<Int64, TopicJob>(
            """
            SELECT id, kind, target, goal, "after", done, total, is_over, created_at
            FROM jobs WHERE id = ?1
            """, TopicJob.init(row:))
        static let running = Query<Void, TopicJob>(
            """
            SELECT id, kind, target, goal, "after", done, total, is_over, created_at
            FROM jobs INDEXED BY jobs_running WHERE is_over = 0 ORDER BY id LIMIT 1
            """, TopicJob.init(row:))
        /// kind, target
        static let same = Query<(String, Int64), Int64>(
            "SELECT id FROM jobs WHERE is_over = 0 AND kind = ?1 AND target = ?2"
        ) { $0.int64(0) }
        /// One whose topics go to a category.
        static let isGoal = Query<Int64, Int64>(
            "SELECT 1 FROM categories WHERE moving_to = ?1 LIMIT 1"
        ) { $0.int64(0) }
        /// kind, target, goal, total, now
        static let insert = Query<(String, Int64, Int64, Int64, Int64), Void>(
            """
            INSERT INTO jobs (kind, target, goal, total, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
            """)
        /// id, goal, total
        static let restart = Query<(Int64, Int64, Int64), Void>(
            """
            UPDATE jobs SET goal = ?2, total = ?3, "after" = 0, done = 0 WHERE id = ?1
            """)
        /// id, last topic, how many more, whether it is over
        static let note = Query<(Int64, Int64, Int64, Bool), Void>(
            """
            UPDATE jobs SET "after" = ?2, done = done + ?3, is_over = ?4 WHERE id = ?1
            """)
        /// category, after, how many
        static let inCategory = Query<(Int64, Int64, Int), Int64>(
            """
            SELECT id FROM topics INDEXED BY topics_by_category
            WHERE category = ?1 AND id > ?2 ORDER BY id LIMIT ?3
            """
        ) { $0.int64(0) }
        static let countInCategory = Query<Int64, Int64>(
            "SELECT count(*) FROM topics INDEXED BY topics_by_category WHERE category = ?1"
        ) { $0.int64(0) }
    }
}
