import Fixture
import HTTP
import Testing

// What was said before, and going back to it.
extension Conversation {
    func history() async throws {
        let (ada, mona) = (try person("ada"), try person("mona"))
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/posts/1"
        try await send(
            428, .patch, target, as: alma, [.contentType: "application/json"],
            body: #"{"text":"By the weir."}"#)
        // With the present text, so that both can be shown.
        try await edit(412, target, as: alma, #"{"text":"x"}"#, match: "\"p1.99\"")
        try await edit(200, target, as: alma, #"{"text":"By the *old* weir.","reason":"which"}"#)
        try await edit(403, target, as: bruno, #"{"text":"Mine now"}"#)
        try await edit(200, target, as: mona, #"{"text":"By the *old* weir, Monday."}"#)
        try await edit(422, target, as: alma, #"{"text":""}"#)
        try await get(200, "\(target)/history")
        try await get(200, "\(target)/history?limit=1")
        try await get(200, "\(target)/history/2")
        try await get(404, "\(target)/history/9")
        try await revert("\(target)/history/1/revert", 403, as: bruno)
        try await revert("\(target)/history/9/revert", 404, as: mona)
        try await revert("\(target)/history/1/revert", 200, as: mona)
        try await get(200, target)
        try await delete(200, "/api/posts/6", as: ada)
        try await get(404, "/api/posts/6/history", as: bruno)
        try await get(404, "/api/posts/6/history/1", as: bruno)
        try await get(200, "/api/posts/6/history", as: mona)
        try await post(200, "/api/posts/6/restore", as: mona)
    }

    private func revert(_ target: String, _ status: Int, as person: Person) async throws {
        let json: Fields = [.contentType: "application/json"]
        if status == 200 { try await send(428, .post, target, as: person, json, body: "{}") }
        try await send(
            status, .post, target, as: person, [.contentType: "application/json", .ifMatch: "*"],
            body: "{}")
    }
}
