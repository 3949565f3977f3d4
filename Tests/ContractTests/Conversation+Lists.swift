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
        try await get(200, "/api/threads", as: ada)
        try await get(200, "/api/threads?view=card")
        try await get(400, "/api/threads?sort=hot&tag=birds")
        try await get(400, "/api/threads?sort=best")
        try await get(404, "/api/threads?category=staff")
        for list in ["/api/users", "/api/posts", "/api/posts/in-thread/1"] {
            let tag = try await get(200, list)[.etag] ?? ""
            try await get(304, list, [.ifNoneMatch: tag])
            try await get(200, "\(list)?view=card")
            try await walk("\(list)?limit=2&fields=id")
            try await get(400, "\(list)?limit=0")
            try await get(400, "\(list)?after=nothing")
            try await get(400, "\(list)?view=tall")
        }
        let cursor = try await get(200, "/api/users?limit=1").link("next") ?? ""
        let after = cursor.drop { $0 != "&" && $0 != "?" }.split(separator: "&")
            .first { $0.contains("after=") } ?? ""
        try await send(
            400, .get, "/api/posts?\(after.filter { $0 != "?" })")
    }

    /// Follows the links to the end.
    private func walk(_ target: String) async throws {
        var next: String? = target
        while let here = next { next = try await get(200, here).link("next") }
    }
}
