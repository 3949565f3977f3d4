import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import TopicsAPI

// What somebody follows, how far they have read, and what is new for them.
extension Topics {
    // swift-format-ignore
    var followingRoutes: [Route] {[
        .put("/api/threads/{id}/subscription",    follow).by(.member(Topics.writing)),
        .delete("/api/threads/{id}/subscription", unfollow).by(.member(Topics.writing)),
        .put("/api/threads/categories/{name}/subscription", followCategory)
            .by(.member(Topics.writing)),
        .delete("/api/threads/categories/{name}/subscription", unfollowCategory)
            .by(.member(Topics.writing)),
        .put("/api/threads/tags/{tag}/subscription",    followTag).by(.member(Topics.writing)),
        .delete("/api/threads/tags/{tag}/subscription", unfollowTag).by(.member(Topics.writing)),
        .get("/api/threads/subscriptions",        subscriptions).by(.member(Topics.reading)),
        .put("/api/threads/{id}/read",            read).by(.member(Topics.writing)),
        .get("/api/threads/unread",               unread)
            .by(.member(Topics.reading)).reads("posts")
            .reads("users", as: ["author", "lastPost", "participants"], of: TopicView.self),
        .put("/api/threads/read",                 readAll).by(.member(Topics.writing)),
    ]}

    /// What an API token needs to see what is its owner's own.
    static let reading: Scope = "threads:read"

    func follow(_ request: borrowing Request) async throws -> KeyedAnswer {
        let level = try request.decode(SubscriptionRequest.self).level
        return try await setThread(request, level)
    }

    func unfollow(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await setThread(request, nil)
    }

    func followCategory(_ request: borrowing Request) async throws -> KeyedAnswer {
        let level = try request.decode(SubscriptionRequest.self).level
        return try await setCategory(request, level)
    }

    func unfollowCategory(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await setCategory(request, nil)
    }

    func followTag(_ request: borrowing Request) async throws -> KeyedAnswer {
        let level = try request.decode(SubscriptionRequest.self).level
        return try await setTag(request, level)
    }

    func unfollowTag(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await setTag(request, nil)
    }

    func subscriptions(_ request: borrowing Request) throws -> Response {
        let user = try request.member().user
        let page = try request.page(sort: "target")
        let rows = try store.read { connection in
            var kind = ""
            if case .text(let text)? = page.cursor?.key { kind = text }
            let target = page.cursor?.id ?? 0
            let query: Query<(Int64, String, Int64, Int64), Subscription>
            if case .before = page.position {
                query = FollowingQueries.allBefore
            } else {
                query = FollowingQueries.all
            }
            return try connection.all(query, user, kind, target, Int64(page.rowsWanted))
        }
        return try .json(
            Page(rows, of: page, place: { (.text($0.kind.rawValue), $0.target) }), for: request,
            cache: .personal)
    }

    /// A number that is smaller than the one known changes nothing.
    func read(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: Topic.self)
        let mark = try request.decode(ReadMark.self)
        let viewer = Viewer(request)
        let user = try request.member().user
        return try await writes.write(request) { transaction in
            let row = try Topics.row(id, for: viewer, transaction)
            let last = row.lastPost?.number ?? 0
            guard mark.upTo <= last else {
                throw APIError.validation(
                    "upTo", JSONComplaint.outOfRange, "the last post has the number \(last)")
            }
            try transaction.run(FollowingQueries.read, user, id.rawValue, mark.upTo)
            let upTo = try transaction.one(FollowingQueries.readUpTo, user, id.rawValue)
            var writer = JSONWriter(capacity: 64)
            writer.record(ReadStanding(upTo: upTo, unread: max(0, last - upTo)))
            return .json(writer.finish(), cache: .personal)
        }
    }

    /// Threads that are watched or tracked and have messages that were not read, oldest first.
    func unread(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(request)
        _ = try request.member()
        return try list(
            request, try store.read { try TopicListing(unreadBy: viewer, $0) }, for: viewer)
    }

    func readAll(_ request: borrowing Request) async throws -> KeyedAnswer {
        let user = try request.member().user
        let mark = try request.decode(ReadAllMark.self)
        return try await writes.write(request) { transaction in
            try transaction.run(
                FollowingQueries.readAll, user, mark.before.milliseconds,
                mark.category?.rawValue)
            return .noContent
        }
    }

    private func setThread(
        _ request: borrowing Request, _ level: SubscriptionLevel?
    ) async throws -> KeyedAnswer {
        let id = try request.id("id", as: Topic.self)
        let viewer = Viewer(request)
        return try await set(request, .thread, level) {
            try Topics.row(id, for: viewer, $0).topic.id.rawValue
        }
    }

    private func setCategory(
        _ request: borrowing Request, _ level: SubscriptionLevel?
    ) async throws -> KeyedAnswer {
        let name = try request.path("name")
        let viewer = Viewer(request)
        return try await set(request, .category, level) {
            try Categories.find(name, for: viewer, $0).id.rawValue
        }
    }

    private func setTag(
        _ request: borrowing Request, _ level: SubscriptionLevel?
    ) async throws -> KeyedAnswer {
        let name = try Topics.tagName(request)
        let viewer = Viewer(request)
        return try await set(request, .tag, level) { try Topics.tag(name, for: viewer, $0) }
    }

    /// Follows what `find` finds as closely as `level` says; nil: no longer.
    private func set(
        _ request: borrowing Request, _ kind: SubscriptionTarget, _ level: SubscriptionLevel?,
        _ find: @escaping @Sendable (borrowing Transaction) throws -> Int64
    ) async throws -> KeyedAnswer {
        let user = try request.member().user
        return try await writes.write(request) { transaction in
            let target = try find(transaction)
            guard let level else {
                try transaction.run(FollowingQueries.remove, user, kind, target)
                return .noContent
            }
            try transaction.run(FollowingQueries.setLevel, user, kind, target, level.rawValue)
            var writer = JSONWriter(capacity: 64)
            writer.record(Followed(level: level))
            return .json(writer.finish(), cache: .personal)
        }
    }
}

/// Up to which message a thread was read.
struct ReadMark: JSONDecodable {
    let upTo: Int64

    init(from fields: inout JSONFields) {
        upTo = fields.requiredInteger("upTo", in: 0...Int64.max)
    }
}

/// How far somebody has read a thread.
struct ReadStanding: JSONRecord {
    let upTo: Int64
    let unread: Int64

    static let members: [JSONMember<ReadStanding>] = [
        .integer("readUpTo", \.upTo), .integer("unread", \.unread),
    ]
}

/// Up to when everything that is followed was read.
struct ReadAllMark: JSONDecodable {
    let before: Timestamp
    let category: ID<Category>?

    init(from fields: inout JSONFields) {
        before = fields.requiredTimestamp("before")
        category = fields.optionalID("category", as: Category.self)
    }
}
