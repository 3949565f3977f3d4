import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
package import Routing
import SQLite
import TopicsAPI
import UsersAPI

extension Messages: ServiceModule {
    package var name: String { "messages" }
    package var prefix: String { "/api/posts" }

    // The columns are the point.
    // swift-format-ignore
    package var routes: [Route] {
        (listRoutes + changeRoutes + historyRoutes + reactionRoutes + flagRoutes + searchRoutes)
            .documented(by: Messages.manual)
            + [.openAPI("/api/posts/openapi.json", of: self)]
    }

    // swift-format-ignore
    private var listRoutes: [Route] {[
        .get("/api/posts",                list).reads("threads", "users"),
        .get("/api/posts/in-thread/{id}", listInThread).reads("threads", "users"),
        .get("/api/posts/by-user/{id}",   listByUser).reads("threads", "users"),
        .get("/api/posts/mentions",       listMentions).by(.member("posts:read")),
        .get("/api/posts/{id}",           show).reads("threads", "users"),
        .get("/api/posts/{id}/context",   context).reads("threads", "users"),
        .get("/api/posts/{id}/replies",   listReplies).reads("threads", "users"),
        .stream(.post, "/api/posts/bulk", media: .lines, bulk).by(.operator),
    ]}

    func list(_ request: borrowing Request) throws -> Response {
        try posts(
            request,
            end: { try $0.one(Queries.end) },
            after: { try $0.all(Queries.after, $1, $2.unknown, $2.level, $3) },
            before: { try $0.all(Queries.before, $1, $2.unknown, $2.level, $3) })
    }

    /// A thread that does not exist is an empty one: another service knows whether it exists. One
    /// that the caller may not know of looks the same. `from=` starts at a number.
    func listInThread(_ request: borrowing Request) throws -> Response {
        let thread = try request.id("id", as: Topic.self).rawValue
        return try posts(
            request, sort: "number", filters: ["thread=\(thread)"],
            start: try request.query().integer("from", in: 1...Int64.max).map { $0 - 1 },
            end: { try $0.one(Queries.inThreadEnd, thread) },
            after: { try $0.all(Queries.inThreadAfter, $1, $2.unknown, $2.level, $3, thread) },
            before: { try $0.all(Queries.inThreadBefore, $1, $2.unknown, $2.level, $3, thread) },
            key: { $0.number })
    }

    /// The same for a user.
    func listByUser(_ request: borrowing Request) throws -> Response {
        let user = try request.id("id", as: User.self).rawValue
        return try posts(
            request, filters: ["user=\(user)"],
            end: { try $0.one(Queries.byUserEnd, user) },
            after: { try $0.all(Queries.byUserAfter, $1, $2.unknown, $2.level, $3, user) },
            before: { try $0.all(Queries.byUserBefore, $1, $2.unknown, $2.level, $3, user) })
    }

    /// The posts that mention the caller.
    func listMentions(_ request: borrowing Request) throws -> Response {
        let user = try request.member().user
        return try posts(
            request, filters: ["mentions=\(user)"],
            end: { try $0.one(Queries.end) },
            after: { try $0.all(Queries.mentionsAfter, $1, $2.unknown, $2.level, $3, user) },
            before: { try $0.all(Queries.mentionsBefore, $1, $2.unknown, $2.level, $3, user) })
    }

    func show(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let viewer = Viewer(request)
        let parts = try PostParts(request)
        let post = try store.snapshot { connection in
            let row = try row(id, sight(viewer, connection), connection)
            return try posts([row], for: viewer, parts, connection)[0]
        }
        return try .json(post, for: request, etag: post.etag)
    }

    /// The message between its neighbours: `before=` and `after=` say how many.
    func context(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let query = request.query()
        let usual = MessageLimits.contextRowsUsual
        let before = try query.integer("before", in: MessageLimits.contextRows) ?? usual
        let after = try query.integer("after", in: MessageLimits.contextRows) ?? usual
        let viewer = Viewer(request)
        let parts = try PostParts(request)
        let (etag, shown) = try store.snapshot { connection -> (ETag, [Post]) in
            let sight = try sight(viewer, connection)
            let message = try row(id, sight, connection).message
            let (thread, number) = (message.thread.rawValue, message.number)
            var rows = try connection.all(
                Queries.inThreadBefore, number, sight.unknown, sight.level, before, thread)
            rows.reverse()
            rows += try connection.all(
                Queries.inThreadAfter, number - 1, sight.unknown, sight.level, after + 1, thread)
            let etag = try connection.one(Queries.inThreadEnd, thread).etag(sight)
            return (etag, try posts(rows, for: viewer, parts, connection))
        }
        return try .json(shown, for: request, etag: etag)
    }

    /// The messages that answer one.
    func listReplies(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let viewer = Viewer(request)
        return try posts(
            request, filters: ["replyTo=\(id)"],
            end: { (connection: borrowing Connection) -> ListEnd in
                _ = try row(id, sight(viewer, connection), connection)
                return try connection.one(Queries.end)
            },
            after: { try $0.all(Queries.repliesAfter, $1, $2.unknown, $2.level, $3, id) },
            before: { try $0.all(Queries.repliesBefore, $1, $2.unknown, $2.level, $3, id) })
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        BulkLoad.response(request, MessageLoader(store: store))
    }
}
