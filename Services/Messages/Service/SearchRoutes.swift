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
    /// `before=` and `after=` (moments) narrow it. Ranking looks at everything that matches, so
    /// there is one page and no next one: more words find better.
    func search(_ request: borrowing Request) throws -> Response {
        let query = request.query()
        let words = try Messages.words(query.text("q") ?? "")
        let thread = try query.id("thread", as: Topic.self)?.rawValue
        let user = try query.id("user", as: User.self)?.rawValue
        let before = try query.moment("before")
        let after = try query.moment("after")
        let limit = try query.integer("limit", in: 1...MessageLimits.foundRowsMax)
        let viewer = Viewer(request)
        let found = try store.snapshot { connection -> [FoundPost] in
            let sight = try sight(viewer, connection)
            let hits = try connection.all(
                Queries.found, words, Snippet.open, Snippet.close, sight.unknown, sight.level,
                thread, user, before, after, limit ?? MessageLimits.foundRowsUsual)
            let posts = try posts(hits.map(\.row), for: viewer, .none, connection)
            return zip(hits, posts).map { FoundPost(post: $1, hit: $0) }
        }
        return try .json(found, for: request)
    }

    private static func words(_ text: String) throws(APIError) -> String {
        do throws(SearchQueryFault) {
            return try SearchQuery(text).expression
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

/// A message that was found, and why.
struct Hit: Sendable {
    let row: MessageRow
    let snippet: Snippet
    /// The smaller the better.
    let rank: Double

    /// Columns: those of `posts`, then the snippet and the rank.
    init(row: borrowing Row) {
        self.row = MessageRow(row: row)
        snippet = Snippet(marked: row.text(21))
        rank = row.double(22)
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

extension Messages.Queries {
    /// The words; the marks around them; what an unknown thread asks and the viewer has; a thread,
    /// a user, two moments or NULL for any; how many.
    static let found = Query<
        (
            String, StaticString, StaticString, Int64, Int64, Int64?, Int64?, Int64?, Int64?, Int64
        ), Hit
    >(
        """
        SELECT posts.*, snippet(search, -1, ?2, ?3, '…', 24), search.rank
        FROM search JOIN posts ON posts.id = search.rowid
        WHERE search MATCH ?1 AND ifnull(posts.reads, ?4) <= ?5
            AND (?6 IS NULL OR posts.thread = ?6) AND (?7 IS NULL OR posts.user = ?7)
            AND (?8 IS NULL OR posts.created_at < ?8) AND (?9 IS NULL OR posts.created_at > ?9)
        ORDER BY search.rank LIMIT ?10
        """, Hit.init(row:))
}
