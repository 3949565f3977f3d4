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
    package var routes: [Route] {[
        .get("/api/posts",                list),
        .get("/api/posts/in-thread/{id}", listInThread),
        .get("/api/posts/by-user/{id}",   listByUser),
        .get("/api/posts/{id}",           show),
        .post("/api/posts",               create),
        .stream(.post, "/api/posts/bulk", media: .lines, bulk),
    ]}

    func list(_ request: borrowing Request) throws -> Response {
        try store.list(
            request,
            end: { try $0.one(Queries.end) },
            after: { try $0.all(Queries.after, $1, $2) },
            before: { try $0.all(Queries.before, $1, $2) },
            place: { (.none, $0.id.rawValue) })
    }

    /// A thread that does not exist is an empty one: another service knows whether it exists.
    func listInThread(_ request: borrowing Request) throws -> Response {
        let thread = try request.id("id", as: Topic.self).rawValue
        return try store.list(
            request, sort: "number", filters: ["thread=\(thread)"],
            end: { try $0.one(Queries.inThreadEnd, thread) },
            after: { try $0.all(Queries.inThreadAfter, $1, thread, $2) },
            before: { try $0.all(Queries.inThreadBefore, $1, thread, $2) },
            place: { (.integer($0.number), $0.id.rawValue) })
    }

    /// The same for a user.
    func listByUser(_ request: borrowing Request) throws -> Response {
        let user = try request.id("id", as: User.self).rawValue
        return try store.list(
            request, filters: ["user=\(user)"],
            end: { try $0.one(Queries.byUserEnd, user) },
            after: { try $0.all(Queries.byUserAfter, $1, user, $2) },
            before: { try $0.all(Queries.byUserBefore, $1, user, $2) },
            place: { (.none, $0.id.rawValue) })
    }

    func show(_ request: borrowing Request) throws -> Response {
        let message = try message(request.id("id", as: Message.self))
        return try .json(message, for: request, etag: message.etag)
    }

    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        try access.requireOpenWrites()
        let new = try request.decode(NewMessage.self)
        return try await KeyedWrites(store).write(request) { transaction in
            let message = try Messages.add(new, transaction)
            return .created(message, at: "/api/posts/\(message.id.rawValue)", etag: message.etag)
        }
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        try access.requireAdmin(request)
        return BulkLoad.response(request, MessageLoader(store: store))
    }
}

extension Message {
    var etag: ETag { ETag("p", id.rawValue, version: version) }
}
