import Fixture
import HTTP
import Testing

// What moderators do with threads.
extension Conversation {
    func moderation() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/threads/2"
        let until = #""until":"2099-01-31T12:00:00.000Z""#
        try await put(403, "\(target)/lock", as: bruno)
        try await put(200, "\(target)/lock", as: mona, "{\"reason\":\"sold\",\(until)}")
        try await get(200, target)
        try await post(
            423, "/api/posts", as: alma, #"{"thread":2,"text":"Is it still there?"}"#)
        try await put(422, "\(target)/lock", as: mona, #"{"until":"2001-01-31T12:00:00Z"}"#)
        try await delete(403, "\(target)/lock", as: bruno)
        try await delete(200, "\(target)/lock", as: mona)
        try await put(200, "\(target)/pin", as: mona, "{\"scope\":\"category\",\(until)}")
        try await put(422, "\(target)/pin", as: mona, #"{"scope":"everywhere"}"#)
        try await put(403, "\(target)/pin", as: bruno, #"{"scope":"global"}"#)
        try await get(200, "/api/threads?pinned=1")
        try await delete(200, "\(target)/pin", as: mona)
        try await delete(200, "/api/threads/5", as: alma, #"{"reason":"a slip"}"#)
        try await get(410, "/api/threads/5")
        try await get(200, "/api/threads/5", as: mona)
        try await post(410, "/api/threads/5/restore", as: bruno)
        try await post(200, "/api/threads/5/restore", as: mona)
        try await post(409, "/api/threads/5/restore", as: mona)
        try await delete(403, "/api/threads/5?purge=1", as: mona)
        try await delete(204, "/api/threads/5?purge=1", as: ada)
        try await get(410, "/api/threads/5")
        try await get(410, "/api/threads/5", as: ada)
        try await get(401, "/api/threads/unread")
    }
}
