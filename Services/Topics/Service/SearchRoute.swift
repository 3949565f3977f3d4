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
        let (hits, isPartial) = try store.snapshot { connection -> ([TopicHit], Bool) in
            let search = try TopicSearch(query, for: viewer, connection)
            let finds = try search.finds(count: Int(limit), connection)
            let views = try Topics.views(finds.rows.map(\.row), at: now, connection)
            note(strangersIn: views)
            let hits = zip(views, finds.rows).map { TopicHit(view: $0, snippet: $1.snippet) }
            return (hits, finds.isPartial)
        }
        return try Response.json(hits, for: request).partial(isPartial)
    }

    private static let hitsUsual: Int64 = 20
    /// Each needs its snippet.
    static let hitsMax: Int64 = 50
}
