import Fixture
import HTTP
import Testing

// What somebody follows, and how far they have read.
extension Conversation {
    func reading() async throws {
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let watching = #"{"level":"watching"}"#
        try await put(200, "/api/threads/1/subscription", as: bruno, watching)
        try await put(422, "/api/threads/1/subscription", as: bruno, #"{"level":"hard"}"#)
        try await put(404, "/api/threads/3/subscription", as: bruno, watching)
        try await put(200, "/api/threads/2/subscription", as: bruno, watching)
        try await put(200, "/api/threads/categories/boats/subscription", as: bruno, watching)
        try await put(404, "/api/threads/categories/staff/subscription", as: bruno, watching)
        try await put(200, "/api/threads/tags/birds/subscription", as: bruno, watching)
        try await put(404, "/api/threads/tags/none/subscription", as: bruno, watching)
        try await get(200, "/api/threads/subscriptions", as: bruno)
        try await get(200, "/api/threads/subscriptions?limit=1", as: bruno)
        try await get(200, "/api/threads/unread", as: bruno)
        try await put(200, "/api/threads/1/read", as: bruno, #"{"upTo":2}"#)
        try await put(200, "/api/threads/1/read", as: bruno, #"{"upTo":1}"#)
        try await put(422, "/api/threads/1/read", as: bruno, #"{"upTo":99}"#)
        try await get(200, "/api/threads/1", as: bruno)
        try await put(204, "/api/threads/read", as: bruno, #"{"before":"2099-01-01T00:00:00Z"}"#)
        try await put(422, "/api/threads/read", as: bruno, #"{"before":"yesterday"}"#)
        try await get(200, "/api/threads/unread", as: bruno)
        try await get(200, "/api/threads/unread", as: alma)
        try await delete(204, "/api/threads/2/subscription", as: bruno)
        try await delete(204, "/api/threads/categories/boats/subscription", as: bruno)
        try await delete(204, "/api/threads/tags/birds/subscription", as: bruno)
        try await get(200, "/api/threads/subscriptions", as: bruno)
    }
}
