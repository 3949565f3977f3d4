import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
package import Routing

extension Messages: ServiceModule {
    package var name: String { "messages" }
    package var prefix: String { "/api/posts" }

    // swift-format-ignore: the columns are the point.
    package var routes: [Route] {[
        .get("/api/posts",                list),
        .get("/api/posts/in-thread/{id}", listInThread),
        .get("/api/posts/by-user/{id}",   listByUser),
        .get("/api/posts/{id}",           show),
        .post("/api/posts",               create),
        .stream(.post, "/api/posts/bulk", media: .lines, bulk),
    ]}

    func show(_ request: borrowing Request) throws -> Response {
        let message = try message(request.id("id", as: Message.self))
        return try .json(message, for: request, etag: message.etag)
    }

    func create(_ request: borrowing Request) async throws -> Response {
        try access.requireOpenWrites()
        let message = try await add(request.decode(NewMessage.self))
        return .created(message, at: "/api/posts/\(message.id.rawValue)", etag: message.etag)
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        try access.requireAdmin(request)
        return BulkLoad.response(request, MessageLoader(store: store))
    }
}

extension Message {
    var etag: ETag { ETag("p", id.rawValue, version: version) }
}
