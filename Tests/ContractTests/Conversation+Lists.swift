import Fixture
import HTTP
import Testing

// Lists in every order, page by page.
extension Conversation {
    func lists() async throws {
        let (ada, alma) = (try person("ada"), try person("alma"))
        for sort in ["id", "created", "activity", "replies", "hot"] {
            try await get(200, "/api/threads?sort=\(sort)")
            try await get(200, "/api/threads?sort=\(sort)&order=asc")
            try await walk("/api/threads?sort=\(sort)&limit=1&fields=id")
        }
        for filter in ["category=2", "category=boats", "createdBy=\(alma.id)", "tag=birds"] {
            try await get(200, "/api/threads?\(filter)")
        }
        for filter in ["unread=1", "watching=1", "state=deleted"] {
            try await get(200, "/api/threads?\(filter)", as: ada)
        }
        try await get(401, "/api/threads?unread=1")
        try await get(200, "/api/threads?since=2001-01-01T00:00:00Z")
        try await get(400, "/api/threads?since=2001-01-01T00:00:00Z&sort=hot")
        try await get(200, "/api/threads", as: ada)
        try await get(200, "/api/threads?view=card")
        try await get(400, "/api/threads?sort=hot&tag=birds")
        try await get(400, "/api/threads?sort=best")
        try await get(404, "/api/threads?category=staff")
        for sort in ["id", "username", "joined", "posts"] {
            try await get(200, "/api/users?sort=\(sort)")
            try await walk("/api/users?sort=\(sort)&limit=2&fields=id")
        }
        for query in ["role=moderator", "role=member&sort=posts", "q=a"] {
            try await get(200, "/api/users?\(query)")
        }
        try await get(400, "/api/users?q=a&sort=posts")
        for list in ["/api/users", "/api/posts", "/api/posts/in-thread/1"] {
            let tag = try await get(200, list)[.etag] ?? ""
            try await get(304, list, [.ifNoneMatch: tag])
            try await get(200, "\(list)?view=card")
            try await walk("\(list)?limit=2&fields=id")
            try await get(400, "\(list)?limit=0")
            try await get(400, "\(list)?after=nothing")
            try await get(400, "\(list)?view=tall")
        }
        try await foreignCursors()
    }

    /// A cursor is good for the list that it comes from.
    private func foreignCursors() async throws {
        for (list, other) in [
            ("/api/threads?sort=created&limit=1", "/api/threads?sort=replies&limit=1"),
            ("/api/posts/in-thread/1?limit=1", "/api/posts/in-thread/2?limit=1"),
        ] {
            let next = try #require(try await get(200, list).link("next"))
            let pairs = next.split { "?&".contains($0) }
            let cursor = try #require(pairs.first { $0.hasPrefix("after=") })
            try await get(400, "\(other)&\(cursor)")
        }
    }

    /// Follows the links to the end.
    private func walk(_ target: String) async throws {
        var next: String? = target
        while let here = next { next = try await get(200, here).link("next") }
    }
}
