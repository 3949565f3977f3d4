import Bytes
import SQLite
import TopicsAPI

/// What a topic shows of its messages.
struct PostCounts: Equatable, Sendable {
    var replies: Int64
    var posts: Int64
    var last: PostMark?
    var participants: String
    private let category: Int64
    private let isCounted: Bool
    private let createdAt: Int64
    private var activity: Int64
    private let opening: OpeningState

    /// The newest message.
    struct PostMark: Equatable, Sendable {
        let id: Int64
        let number: Int64
        let user: Int64
        let at: Int64
    }

    /// Columns: reply_count, post_count, last_post, last_number, last_user, last_at, participants,
    /// category, state, created_at, activity, opening_state.
    init(row: borrowing Row) {
        replies = row.int64(0)
        posts = row.int64(1)
        last = row.optionalInt64(2).map { id in
            PostMark(id: id, number: row.int64(3), user: row.int64(4), at: row.int64(5))
        }
        participants = row.text(6)
        category = row.int64(7)
        isCounted = row.text(8) == TopicState.visible.rawValue
        createdAt = row.int64(9)
        activity = row.int64(10)
        opening = OpeningState(rawValue: row.text(11)) ?? .none
    }

    /// Takes in that a message was `before` and is `after`, both in the same place of one topic;
    /// nil where it is not there. The row itself has been written.
    static func move(
        _ before: PostRef?, _ after: PostRef?, _ transaction: borrowing Transaction
    ) throws {
        guard let post = after ?? before else { return }
        try moveParticipant(post.topic, before, after, transaction)
        // The topic may not have been heard of yet: it counts when it comes.
        guard var counts = try transaction.first(Topics.PostQueries.counts, post.topic) else {
            return
        }
        let step = (after?.isVisible ?? false ? 1 : 0) - (before?.isVisible ?? false ? 1 : 0)
        let known = counts
        counts.posts += Int64(step)
        if post.isReply { counts.replies += Int64(step) }
        try counts.moveLast(post, step, transaction)
        counts.participants = try participants(of: post.topic, transaction)
        if counts != known { try counts.keep(post.topic, from: known, transaction) }
        if !post.isReply { try moveOpening(post, after, transaction) }
    }

    /// Takes in messages of a topic that are in their places already.
    static func take(
        _ new: UncountedPosts, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Topics.UncountedQueries.forget, new.topic)
        // A topic that has not been heard of yet counts when it comes.
        guard let known = try transaction.first(Topics.PostQueries.counts, new.topic) else {
            return
        }
        var counts = known
        if new.isMixed {
            try counts.recount(new.topic, transaction)
        } else {
            try counts.add(new, transaction)
        }
        if counts.last?.number ?? 0 > known.last?.number ?? 0 { try counts.rise(transaction) }
        counts.participants = try participants(of: new.topic, transaction)
        if counts != known { try counts.keep(new.topic, from: known, transaction) }
    }

    /// Notes that what a topic opens with is `post` now and was `before`, if it is that at all.
    static func open(
        _ post: PostRef, instead before: PostRef?, _ transaction: borrowing Transaction
    ) throws {
        let hasMoved = before.map { $0.topic != post.topic || $0.number != post.number } ?? false
        if hasMoved, let before, !before.isReply { try moveOpening(before, nil, transaction) }
        if !post.isReply { try moveOpening(post, post, transaction) }
    }

    /// Counts a topic's messages one by one, keeps what comes out, and tells whether it was known.
    @discardableResult
    static func recount(_ topic: Int64, _ transaction: borrowing Transaction) throws -> Bool {
        guard let known = try transaction.first(Topics.PostQueries.counts, topic) else {
            return true
        }
        var counts = known
        try transaction.run(Topics.UncountedQueries.forget, topic)
        try counts.recount(topic, transaction)
        counts.participants = try participants(of: topic, transaction)
        let isOpen = counts.opening == .none || counts.opening == .pending
        if isOpen, let first = try transaction.first(Topics.PostQueries.numbered, topic, 1) {
            try moveOpening(first, first, transaction)
        }
        if counts == known { return true }
        try counts.keep(topic, from: known, transaction)
        return false
    }

    private mutating func recount(_ topic: Int64, _ transaction: borrowing Transaction) throws {
        let counted = try transaction.one(Topics.PostQueries.recounted, topic)
        posts = counted.posts
        replies = counted.replies
        last = try transaction.first(Topics.PostQueries.last, topic).map(PostMark.init)
        try transaction.run(Topics.PostQueries.clearParticipants, topic)
        try transaction.run(Topics.PostQueries.fillParticipants, topic)
    }

    private mutating func add(
        _ new: UncountedPosts, _ transaction: borrowing Transaction
    ) throws {
        // One index has all that is asked of a whole topic; of a part of a long one it has not.
        if new.posts >= posts {
            try transaction.run(Topics.PostQueries.fillParticipants, new.topic)
        } else {
            try transaction.run(Topics.PostQueries.addParticipants, new.topic, new.first)
        }
        posts += new.posts
        replies += new.replies
        guard new.last > last?.number ?? 0 else { return }
        last = try transaction.first(Topics.PostQueries.byID, new.post).map(PostMark.init) ?? last
    }

    /// The topic comes first in the order of activity.
    private mutating func rise(_ transaction: borrowing Transaction) throws {
        activity = try transaction.one(Topics.Queries.lastActivity) + 1
        try transaction.run(Topics.Queries.setActivity, activity)
    }

    private mutating func moveLast(
        _ post: PostRef, _ step: Int, _ transaction: borrowing Transaction
    ) throws {
        if step > 0, post.number > last?.number ?? 0 {
            last = PostMark(post)
            try rise(transaction)
        } else if step < 0, post.id == last?.id {
            last = try transaction.first(Topics.PostQueries.last, post.topic).map(PostMark.init)
        }
    }

    private func keep(
        _ topic: Int64, from known: PostCounts, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Topics.PostQueries.setCounts, topic, replies, posts, last?.id, last?.number ?? 0,
            last?.user, last?.at, participants, activity, heat)
        if activity != known.activity { try transaction.run(Topics.TagQueries.place, topic) }
        if isCounted, posts != known.posts {
            try transaction.run(
                Topics.CategoryQueries.adjust, category, 0, posts - known.posts)
        }
    }

    /// The text that waited is shown by the messages service now; it stays for its words.
    private static func moveOpening(
        _ post: PostRef, _ after: PostRef?, _ transaction: borrowing Transaction
    ) throws {
        let state = after.map { OpeningState(rawValue: $0.state) ?? .pending } ?? .removed
        try transaction.run(
            Topics.PostQueries.setOpening, post.topic, state.rawValue, after?.id)
    }

    /// A topic with twice the replies is as hot as one half a day younger.
    private var heat: Int64 {
        let doublings = Int64.bitWidth - (replies + 1).leadingZeroBitCount - 1
        return createdAt + Int64(doublings) * PostCounts.doublingMilliseconds
    }

    private static let doublingMilliseconds: Int64 = 12 * 60 * 60 * 1000

    private static func moveParticipant(
        _ topic: Int64, _ before: PostRef?, _ after: PostRef?, _ transaction: borrowing Transaction
    ) throws {
        for post in [before, after] {
            guard let post, post.isVisible else { continue }
            if let last = try transaction.first(Topics.PostQueries.lastOf, topic, post.user) {
                try transaction.run(Topics.PostQueries.setParticipant, topic, post.user, last)
            } else {
                try transaction.run(Topics.PostQueries.removeParticipant, topic, post.user)
            }
        }
    }

    private static func participants(
        of topic: Int64, _ transaction: borrowing Transaction
    ) throws -> String {
        try transaction.all(
            Topics.PostQueries.participants, topic, TopicLimits.participantsMax
        ).map { "\($0)" }.joined(separator: " ")
    }
}

extension PostCounts.PostMark {
    init(_ post: PostRef) {
        self.init(id: post.id, number: post.number, user: post.user, at: post.at)
    }
}
