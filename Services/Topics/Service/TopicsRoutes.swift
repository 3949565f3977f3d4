import Bytes
import HTTP
import JSON
import Records
package import Routing
import SQLite
import TopicsAPI

extension Topics: ServiceModule {
    package var name: String { "topics" }
    package var prefix: String { "/api/threads" }

    // The columns are the point.
    // swift-format-ignore
    package var routes: [Route] {[
        .get("/api/threads",               list),
        .get("/api/threads/{id}",          show),
        .post("/api/threads",              create),
        .stream(.post, "/api/threads/bulk", media: .lines, bulk),
    ]}

    func list(_ request: borrowing Request) throws -> Response {
        try store.list(
            request,
            end: { try $0.one(Queries.end) },
            after: { try $0.all(Queries.after, $1, $2) },
            before: { try $0.all(Queries.before, $1, $2) },
            place: { (.none, $0.id.rawValue) })
    }

    func show(_ request: borrowing Request) throws -> Response {
        let topic = try topic(request.id("id", as: Topic.self))
        return try .json(topic, for: request, etag: topic.etag)
    }

    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        try access.requireOpenWrites()
        let new = try request.decode(NewTopic.self)
        return try await KeyedWrites(store).write(request) { transaction in
            let topic = try Topics.add(new, transaction)
            return .created(topic, at: "/api/threads/\(topic.id.rawValue)", etag: topic.etag)
        }
    }

    func bulk(_ request: borrowing Request) throws -> Response {
        try access.requireAdmin(request)
        return BulkLoad.response(request, TopicLoader(store: store))
    }
}

extension Topic {
    var etag: ETag { ETag("t", id.rawValue, version: version) }
}
