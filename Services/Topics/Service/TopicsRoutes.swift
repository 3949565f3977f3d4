import Bytes
import HTTP
import JSON
import Outbox
import Records
package import Routing
import SQLite
import TopicsAPI
import UsersAPI

extension Topics: ServiceModule {
    package var name: String { "topics" }
    package var prefix: String { "/api/threads" }

    // The columns are the point.
    // swift-format-ignore
    package var routes: [Route] {
        threadRoutes + moderationRoutes + categoryRoutes + tagRoutes + followingRoutes
    }

    // swift-format-ignore
    private var threadRoutes: [Route] {[
        .get("/api/threads",                list).reads("users", "posts"),
        .get("/api/threads/search",         search).limited(.search).reads("users", "posts"),
        .get("/api/threads/{id}",           show).reads("users", "posts"),
        .post("/api/threads",               create).by(.member(Topics.writing)),
        .patch("/api/threads/{id}",         edit).by(.member(Topics.writing)).needsIfMatch(),
        .stream(.post, "/api/threads/bulk", media: .lines, bulk).by(.operator),
    ]}

    /// What an API token needs to change topics.
    static let writing: Scope = "threads:write"

    /// Writes of this service: kept for repetitions, and answered with the place of their events.
    var writes: KeyedWrites {
        KeyedWrites(store) { ("threads", try Outbox.head(in: $0)) }
    }

    func list(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(request)
        let now = clock()
        let listing = try store.read { try TopicListing(request.query(), for: viewer, $0) }
        let isWhole = try TopicView.isWhole(request)
        if try listing.isPlain && TopicCore.suffices(for: request) {
            return try store.list(
                request, sort: listing.name,
                tag: { try Topics.listTag(for: viewer, at: nil, isWhole: false, $0) },
                rows: { try listing.cores($1, for: viewer, $0) },
                place: { (.none, $0.id.rawValue) })
        }
        return try store.list(
            request, sort: listing.name, filters: listing.filters, at: now,
            endsAt: { try $0.one(Queries.nextEnd, now) },
            tag: { try Topics.listTag(for: viewer, at: now, isWhole: isWhole, $0) },
            anchor: { listing.sort == .activity ? try $0.one(Queries.lastActivity) : 0 },
            rows: { connection, border in
                let rows = try listing.rows(border, for: viewer, at: now, connection)
                return isWhole
                    ? try Topics.views(rows, at: now, connection)
                    : rows.map { TopicView(own: $0, at: now) }
            },
            place: { listing.place(of: $0.row) })
    }

    func show(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Topic.self)
        let viewer = Viewer(request)
        let now = clock()
        let isWhole = try TopicView.isWhole(request)
        return try store.answer(request, at: now, endsAt: { try $0.one(Queries.nextEnd, now) }) {
            let row = try Topics.row(id, for: viewer, $0)
            return try .thread(
                isWhole
                    ? Topics.view(row, for: viewer, at: now, $0) : TopicView(own: row, at: now),
                for: request)
        }
    }

    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        let author = ID<User>(try request.member().user)
        let viewer = Viewer(request)
        let new = try request.decode(NewTopic.self)
        if let named = new.createdBy, named != author {
            throw APIError.validation(
                "createdBy", "not-you", "a thread is started by whoever sends it; leave this out")
        }
        return try await writes.write(request) { transaction in
            let row = try Topics.start(new, by: author, viewer, transaction)
            let view = try Topics.view(row, for: viewer, at: transaction.now, transaction)
            return .created(
                view.publicly, at: "/api/threads/\(row.topic.id.rawValue)", etag: view.etag)
        }
    }

    func edit(_ request: borrowing Request) async throws -> KeyedAnswer {
        let patch = try request.decode(TopicPatch.self)
        return try await change(request) { row, viewer, transaction in
            let isTheirs = Topics.isEditable(
                row.topic, by: viewer.userOrNobody, at: transaction.now)
            if !isTheirs { try Topics.requireModerator(viewer, of: row, transaction) }
            try Topics.edit(row, patch, viewer, transaction)
        }
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        BulkLoad.response(request, TopicLoader(store: store))
    }

    /// The state of every list: its end, its changes, who looks; what has ended by itself, where a
    /// time is given; and how far the other services have been followed.
    private static func listTag<Source: Reader & ~Copyable>(
        for viewer: Viewer, at now: Int64?, isWhole: Bool, _ reader: borrowing Source
    ) throws -> ETag {
        let end = try reader.one(Queries.end)
        var opaque = "l\(end.last).\(end.changes)"
        let mark = try viewer.mark(in: reader)
        if mark != "0" { opaque += "v\(mark)" }
        if let now {
            let ended = try reader.one(Queries.lastEnded, now)
            if ended > 0 { opaque += "e\(ended)" }
        }
        if isWhole {
            let users = try Outbox.position(of: "users", in: reader)
            let posts = try Outbox.position(of: "posts", in: reader)
            opaque += "~u\(users)~p\(posts)"
        }
        return ETag(opaque)
    }
}

extension Topics {
    /// Changes the topic that the path names, if it is as the client knows it: `body` checks and
    /// writes, the others are told, and the answer is what became of it.
    func change(
        _ request: borrowing Request,
        _ body:
            @escaping @Sendable (TopicRow, Viewer, borrowing Transaction) throws -> Void
    ) async throws -> KeyedAnswer {
        let id = try request.id("id", as: Topic.self)
        let viewer = Viewer(request)
        let match = request.match()
        return try await writes.write(request) { transaction in
            let row = try Topics.row(id, for: viewer, transaction)
            let known = TopicView(own: row, at: transaction.now)
            try match.require(known.etag)
            try body(row, viewer, transaction)
            let changed = try Topics.finish(id, transaction)
            let view = try Topics.view(changed, for: viewer, at: transaction.now, transaction)
            return .changed(view)
        }
    }

    static func requireModerator(
        _ viewer: Viewer, of row: TopicRow, _ transaction: borrowing Transaction
    ) throws {
        guard try viewer.moderates(row.topic.category, row.levels, in: transaction) else {
            throw APIError(.forbidden, "only moderators may do this here")
        }
    }
}
