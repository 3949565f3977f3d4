import Fixture
import HTTP
import Testing

// Finding, without finding what is hidden.
extension Conversation {
    func search() async throws {
        let ada = try person("ada")
        for query in [
            "q=heron", "q=kayak&category=3", "q=heron&tag=birds", "q=heron&author=3", "q=nothing",
            "q=secret", "q=%22seen+the%22", "q=her&limit=1",
        ] {
            try await get(200, "/api/threads/search?\(query)")
        }
        try await get(200, "/api/threads/search?q=secret", as: ada)
        for query in ["", "?q=", "?q=%20%20", "?q=%22%22"] {
            try await get(422, "/api/threads/search\(query)")
        }
        try await get(404, "/api/threads/search?q=heron&category=staff")
        for query in [
            "q=weir", "q=leaks&thread=2", "q=there&user=4", "q=weir&after=2001-01-01T00:00:00Z",
            "q=secret", "q=oars", "q=AND+OR+NOT", "q=weir&limit=1",
        ] {
            try await get(200, "/api/posts/search?\(query)")
        }
        try await get(200, "/api/posts/search?q=secret", as: ada)
        try await get(422, "/api/posts/search")
        try await get(400, "/api/posts/search?q=weir&before=yesterday")
        try await get(400, "/api/posts/search?q=weir&limit=9999")
    }
}
