import Fixture
import HTTP
import Testing

// Who may what, and who may nothing for a while.
extension Conversation {
    func rolesAndBans() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let target = "/api/users/\(mona.id)/roles"
        try await put(403, target, as: mona, #"{"roles":["admin"]}"#)
        try await put(200, target, as: ada, #"{"roles":["moderator"]}"#)
        try await put(422, target, as: ada, #"{"roles":["guest","king"]}"#)
        try await put(409, "/api/users/\(ada.id)/roles", as: ada, #"{"roles":["member"]}"#)
        try await put(404, "/api/users/999/roles", as: ada, #"{"roles":[]}"#)
        try await bans()
    }

    private func bans() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let (alma, sven) = (try person("alma"), try person("sven"))
        let target = "/api/users/\(sven.id)/bans"
        let write = #"{"reason":"advertising","scope":"write"}"#
        try await post(403, target, as: alma, write)
        try await post(403, "/api/users/\(ada.id)/bans", as: mona, write)
        try await post(422, target, as: mona, #"{"reason":"","scope":"write","category":1}"#)
        let ban = try await post(201, target, as: mona, write)
        try await post(409, target, as: mona, write)
        try await get(200, target, as: mona)
        try await get(403, target, as: alma)
        try await get(200, "/api/users/me", as: sven)
        try await post(403, "/api/threads", as: sven, #"{"title":"Cheap oars"}"#)
        try await post(403, "/api/posts", as: sven, #"{"thread":1,"text":"Cheap oars"}"#)
        let id = try #require(try ban.member("id"))
        try await delete(204, "/api/users/bans/\(id)", as: mona)
        try await delete(404, "/api/users/bans/999", as: mona)
        try await get(200, target, as: mona)
        try await get(403, "/api/users/audit", as: mona)
        try await get(200, "/api/users/audit", as: ada)
        try await get(200, "/api/users/audit?limit=1", as: ada)
    }
}
