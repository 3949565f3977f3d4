import SQLite

/// Visible messages of a topic that came in a snapshot and that the topic does not show yet.
///
/// A load brings many messages to the same topic, and what a topic shows stands in a dozen indices:
/// it is written once, when all are there.
struct UncountedPosts: Sendable {
    /// Topics that one transaction counts: as long as a page of a snapshot takes.
    private static let topicsMax = 500
    /// Messages after which it takes no further topic.
    private static let postsMax: Int64 = 20_000

    let topic: Int64
    let posts: Int64
    let replies: Int64
    /// The lowest and the highest number among them, and the message that has the highest.
    let first: Int64
    let last: Int64
    let post: Int64
    /// Others of the topic have changed as well: only counting all of them tells.
    let isMixed: Bool

    /// Columns: topic, posts, replies, first, last, post, is_mixed.
    init(row: borrowing Row) {
        topic = row.int64(0)
        posts = row.int64(1)
        replies = row.int64(2)
        first = row.int64(3)
        last = row.int64(4)
        post = row.int64(5)
        isMixed = row.bool(6)
    }

    /// A message that was not there before has come.
    static func add(_ post: PostRef, _ transaction: borrowing Transaction) throws {
        guard post.isVisible else { return }
        try transaction.run(
            Topics.UncountedQueries.add, post.topic, post.isReply, post.number, post.id)
    }

    /// A message that was there is another now.
    static func mix(_ post: PostRef, _ transaction: borrowing Transaction) throws {
        let number = post.isVisible ? post.number : 0
        try transaction.run(Topics.UncountedQueries.mix, post.topic, number, post.id)
    }

    /// Counts those of the next few topics; answers whether there may be more.
    static func count(_ transaction: borrowing Transaction) throws -> Bool {
        let topics = try transaction.all(Topics.UncountedQueries.oldest, topicsMax)
        var posts: Int64 = 0
        for topic in topics {
            try PostCounts.take(topic, transaction)
            posts += topic.posts
            if posts > postsMax { return true }
        }
        return topics.count == topicsMax
    }
}

extension Topics {
    /// SQL about messages that are not counted yet.
    enum UncountedQueries {
        /// topic, whether it is a reply, number, id
        static let add = Query<(Int64, Bool, Int64, Int64), Void>(
            """
            INSERT INTO uncounted_posts (topic, posts, replies, first, last, post, is_mixed)
            VALUES (?1, 1, ?2, ?3, ?3, ?4, 0)
            ON CONFLICT (topic) DO UPDATE SET posts = posts + 1, replies = replies + ?2,
                first = min(first, ?3), last = max(last, ?3), post = iif(?3 > last, ?4, post)
            """)
        /// topic, number, message
        static let mix = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO uncounted_posts (topic, posts, replies, first, last, post, is_mixed)
            VALUES (?1, 0, 0, 0, ?2, ?3, 1)
            ON CONFLICT (topic) DO UPDATE SET is_mixed = 1, last = max(last, ?2),
                post = iif(?2 > last, ?3, post)
            """)
        static let oldest = Query<Int, UncountedPosts>(
            """
            SELECT topic, posts, replies, first, last, post, is_mixed FROM uncounted_posts
            ORDER BY post LIMIT ?1
            """, UncountedPosts.init(row:))
        static let forget = Query<Int64, Void>("DELETE FROM uncounted_posts WHERE topic = ?1")
    }
}
