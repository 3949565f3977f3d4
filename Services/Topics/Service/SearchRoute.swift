import Bytes
import HTTP
import JSON
import Routing
import SQLite
import TopicsAPI
import UsersAPI

extension Topics {
    /// The threads whose title or opening text has all words of `q`, best first: at most `limit`,
    /// and no further pages.
    func search(_ request: borrowing Request) throws -> Response {
        let query = request.query()
        let viewer = Viewer(request)
        let now = clock()
        let limit = try query.integer("limit", in: 1...Topics.hitsMax) ?? Topics.hitsUsual
        let text = try query.text("q") ?? ""
        guard TopicLimits.searchCharacters.contains(text.unicodeScalars.count),
            let words = SearchWords(text)
        else {
            throw APIError.validation(
                "q", "not-searchable",
                "\(TopicLimits.searchCharacters.lowerBound) to "
                    + "\(TopicLimits.searchCharacters.upperBound) characters with a word in them")
        }
        let author = try query.id("author", as: User.self)
        let hits = try store.snapshot { connection -> [TopicHit] in
            let category = try query.text("category").map {
                try Categories.find($0, for: viewer, connection).id.rawValue
            }
            let tag = try query.text("tag").map { name in
                try TagName(name).flatMap { try connection.first(TagQueries.idByName, $0.text) }
                    ?? 0
            }
            let rows = try connection.all(
                SearchQueries.best, words.match, category, tag, author?.rawValue, viewer.level,
                viewer.userOrNobody, limit)
            return try Topics.views(rows, at: now, connection).map { view in
                let id = view.row.topic.id.rawValue
                return TopicHit(
                    view, marked: try connection.one(SearchQueries.snippet, words.match, id))
            }
        }
        return try .json(hits, for: request)
    }

    private static let hitsUsual: Int64 = 20
    /// Each needs its snippet.
    static let hitsMax: Int64 = 50
}
