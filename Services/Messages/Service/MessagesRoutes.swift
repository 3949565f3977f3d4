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
            .documented(by: Messages.manual, names: Messages.names)
            + [.openAPI("/api/posts/openapi.json", of: self)]
    }

    // swift-format-ignore
    private var listRoutes: [Route] {[
        .get("/api/posts",                store.kept(list)).readsOthers(),
        .get("/api/posts/in-thread/{id}", store.kept(listInThread)).readsOthers(),
        .get("/api/posts/by-user/{id}",   store.kept(listByUser)).readsOthers(),
        .get("/api/posts/mentions",       listMentions).by(.member("posts:read")).readsOthers(),
        .get("/api/posts/{id}",           store.kept(show)).readsOthers(),
        .get("/api/posts/{id}/context",   context).readsOthers(),
        .get("/api/posts/{id}/replies",   store.kept(listReplies)).readsOthers(),
        .stream(.post, "/api/posts/bulk", media: .lines, bulk).by(.operator),
    ]}

    func list(_ request: borrowing Request) throws -> Response {
        try page(
            request,
            shelved(
                after: { try $0.all(Queries.after, $1, $2, $3) },
                before: { try $0.all(Queries.before, $1, $2, $3) }))
    }

    /// A thread that does not exist is an empty one: another service knows whether it exists. One
    /// that the caller may not know of looks the same. `from=` starts at a number.
    func listInThread(_ request: borrowing Request) throws -> Response {
        let thread = try request.id("id", as: Topic.self).rawValue
        let list = MessageListing(
            sort: "number", filters: ["thread=\(thread)"],
            start: try request.query().integer("from", in: 1...Int64.max).map { $0 - 1 },
            tag: { try threadTag(thread, $0, $1) },
            rows: { try inThread(thread, $0, $1, $2) }, key: { $0.number })
        return try page(request, list)
    }

    /// The same for a user.
    func listByUser(_ request: borrowing Request) throws -> Response {
        let user = try request.id("id", as: User.self).rawValue
        var list = shelved(
            after: { try $0.all(Queries.byUserAfter, $1, $2, $3, user) },
            before: { try $0.all(Queries.byUserBefore, $1, $2, $3, user) },
            last: { try $0.first(Queries.byUserLast, $1, $2, user) })
        list.filters = ["user=\(user)"]
        return try page(request, list)
    }

    /// The posts that mention the caller.
    func listMentions(_ request: borrowing Request) throws -> Response {
        let user = try request.member().user
        var list = shelved(
            after: { try $0.all(Queries.mentionsAfter, $1, $2, $3, user) },
            before: { try $0.all(Queries.mentionsBefore, $1, $2, $3, user) })
        list.filters = ["mentions=\(user)"]
        return try page(request, list)
    }

    func show(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let viewer = Viewer(request)
        let parts = try PostParts(request)
        return try store.answer(request) { connection in
            let sight = try sight(viewer, connection)
            let post = try posts([row(id, sight, connection)], sight, parts, connection)[0]
            return try .json(post, for: request, etag: post.etag)
        }
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
            let row = try row(id, sight, connection)
            let (thread, number) = (row.message.thread.rawValue, row.message.number)
            let earlier = try inThread(
                thread, connection, Reach(key: number, isBackward: true, rows: before), sight)
            let later = try inThread(
                thread, connection, Reach(key: number, isBackward: false, rows: after), sight)
            let rows = earlier.reversed() + [row] + later
            let etag = try threadTag(thread, connection, sight)
            return (etag, try posts(rows, sight, parts, connection))
        }
        return try .json(shown, for: request, etag: etag)
    }

    /// The messages that answer one.
    func listReplies(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        var list = shelved(
            after: { try $0.all(Queries.repliesAfter, $1, $2, $3, id) },
            before: { try $0.all(Queries.repliesBefore, $1, $2, $3, id) },
            check: { _ = try row(id, $1, $0) })
        list.filters = ["replyTo=\(id)"]
        return try page(request, list)
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        BulkLoad.response(request, MessageLoader(store: store))
    }
}
