import Bytes
import HTTP
import JSON
import MessagesAPI
import Routing
import SQLite
import Search
import TopicsAPI
import UsersAPI

extension Messages {
    // swift-format-ignore
    var searchRoutes: [Route] {[
        .get("/api/posts/search", search).limited(.search).reads("threads"),
    ]}

    /// The messages that `q=` finds and the caller may read, the best first; `thread=`, `user=`,
    /// `before=` and `after=` (moments) narrow it. There is one page and no next one: more words
    /// find better.
    func search(_ request: borrowing Request) throws -> Response {
        let query = request.query()
        let words = try Messages.words(query.text("q") ?? "")
        let limit = try query.integer("limit", in: 1...MessageLimits.foundRowsMax)
        let search = MessageSearch(
            query: words, thread: try query.id("thread", as: Topic.self)?.rawValue,
            user: try query.id("user", as: User.self)?.rawValue,
            before: try query.moment("before"), after: try query.moment("after"),
            rows: Int(limit ?? MessageLimits.foundRowsUsual))
        let viewer = Viewer(request)
        let (found, isPartial) = try store.snapshot { connection -> ([FoundPost], Bool) in
            let sight = try sight(viewer, connection)
            let hits = try search.hits(sight, connection)
            let posts = try posts(hits.rows.map(\.row), sight, .none, connection)
            let found = zip(hits.rows, posts).map { FoundPost(post: $1, hit: $0) }
            return (found, hits.isPartial)
        }
        return try Response.json(found, for: request).partial(isPartial)
    }

    private static func words(_ text: String) throws(APIError) -> SearchQuery {
        do throws(SearchQueryFault) {
            return try SearchQuery(text)
        } catch {
            throw .validation("q", error.code, error.description)
        }
    }
}

extension QueryParameters {
    /// A moment, in milliseconds since 1970.
    fileprivate func moment(_ name: StaticString) throws(APIError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let moment = Timestamp(parsing: text) else {
            throw .malformed("query parameter '\(name)' is a moment such as 2026-01-31T12:00:00Z")
        }
        return moment.milliseconds
    }
}

/// A hit as one viewer sees it.
struct FoundPost: JSONRecord {
    let post: Post
    let hit: Hit

    static let members: [JSONMember<FoundPost>] = [
        .id("id", \.post.message.id),
        .id("thread", \.post.message.thread),
        .id("user", \.post.message.user),
        .string("excerpt", \.post.excerpt),
        .timestamp("createdAt", \.post.message.createdAt),
        .string("snippet", \.hit.snippet.html),
        .number("rank", \.hit.rank),
    ]
}
