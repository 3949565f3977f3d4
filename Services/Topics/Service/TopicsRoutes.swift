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
        (threadRoutes + moderationRoutes + categoryRoutes + tagRoutes + followingRoutes + jobRoutes)
            .documented(by: Topics.manual, names: Topics.names)
            + [.openAPI("/api/threads/openapi.json", of: self)]
    }

    // swift-format-ignore
    private var threadRoutes: [Route] {[
        .get("/api/threads",                store.kept(at: clock, list)).readsOthers(),
        .get("/api/threads/search",         search).limited(.search)
            .reads("users", as: ["author"], of: TopicHit.self)
            .reads("posts", as: ["replyCount", "lastPostAt"], of: TopicHit.self),
        .get("/api/threads/{id}",           store.kept(at: clock, show)).readsOthers(),
        .post("/api/threads",               create).by(.member(Topics.writing)).limited(.thread),
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
        let listing = try store.read { try TopicListing(request.query(), for: viewer, $0) }
        if try listing.isPlain && TopicCore.suffices(for: request) {
            return try store.list(
                request, sort: listing.name,
                tag: { try Topics.listTag(for: viewer, at: nil, isWhole: false, $0) },
                total: { try listing.total(at: 0, $0) },
                rows: { try listing.cores($1, $0) },
                place: { (.none, $0.id.rawValue) })
        }
        return try list(request, listing, for: viewer)
    }

    /// A page of topics; with how its reader stands to each, where they have an account.
    func list(
        _ request: borrowing Request, _ listing: TopicListing, for viewer: Viewer
    ) throws -> Response {
        let now = clock()
        let isWhole = try TopicView.isWhole(request)
        let showsStanding = try viewer.user != nil && TopicView.showsStanding(request)
        let found = { (connection: borrowing Connection, border: ListBorder) in
            try listing.rows(border, at: now, connection).map { rows in
                guard isWhole else { return rows.map { TopicView(own: $0, at: now) } }
                let views = try Topics.views(rows, at: now, connection) { row in
                    showsStanding ? try listing.standing(to: row, at: now, connection) : nil
                }
                note(strangersIn: views)
                return views
            }
        }
        let anchor = { (connection: borrowing Connection) in
            listing.sort == .activity ? try connection.one(Queries.lastActivity) : 0
        }
        if showsStanding || listing.isPersonal {
            return try store.personalList(
                request, sort: listing.name, filters: listing.filters, anchor: anchor,
                total: { try listing.total(at: now, $0) }, found: found,
                place: { listing.place(of: $0.row) })
        }
        return try store.list(
            request, sort: listing.name, filters: listing.filters,
            endsAt: { try $0.one(Queries.nextEnd, now) },
            tag: { try Topics.listTag(for: viewer, at: now, isWhole: isWhole, $0) },
            anchor: anchor, total: { try listing.total(at: now, $0) }, found: found,
            place: { listing.place(of: $0.row) })
    }

    func show(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Topic.self)
        let viewer = Viewer(request)
        let now = clock()
        let isWhole = try TopicView.isWhole(request)
        return try store.answerEnding(request) { connection in
            let row = try Topics.row(id, for: viewer, connection)
            let end = row.nextEnd(after: now)
            guard isWhole else {
                return (try .thread(TopicView(own: row, at: now), for: request), end)
            }
            let view = try Topics.view(row, for: viewer, at: now, connection)
            note(strangersIn: [view])
            return (try .thread(view, for: request), end)
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
        let answer = try await writes.write(request) { transaction in
            let row = try Topics.start(new, by: author, viewer, transaction)
            return try Topics.created(row, for: viewer, transaction)
        }
        return try await afterOpening(answer, request, of: new, for: viewer)
    }

    /// What is answered to whoever started a topic: as everybody sees it.
    static func created(
        _ row: TopicRow, for viewer: Viewer, _ transaction: borrowing Transaction
    ) throws -> Response {
        let view = try view(row, for: viewer, at: transaction.now, transaction)
        return .created(
            view.publicly, at: "/api/threads/\(row.topic.id.rawValue)", etag: view.etag)
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
