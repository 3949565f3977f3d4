import HTTP
import JSON
import Routing
import SQLite
import TopicsAPI

extension Topics {
    /// The threads whose title or opening text has all words of `q`, at most `limit` and no further
    /// pages: more words find better.
    func search(_ request: borrowing Request) throws -> Response {
        let query = request.query()
        let viewer = Viewer(request)
        let now = clock()
        let limit = try query.integer("limit", in: 1...Topics.hitsMax) ?? Topics.hitsUsual
        let hits = try store.snapshot { connection -> [TopicHit] in
            let search = try TopicSearch(query, for: viewer, connection)
            let finds = try search.finds(count: Int(limit), connection)
            let views = try Topics.views(finds.map(\.row), at: now, connection)
            return zip(views, finds).map { TopicHit(view: $0, snippet: $1.snippet) }
        }
        return try .json(hits, for: request)
    }

    private static let hitsUsual: Int64 = 20
    /// Each needs its snippet.
    static let hitsMax: Int64 = 50
}
