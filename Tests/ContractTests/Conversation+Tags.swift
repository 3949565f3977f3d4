import Fixture
import HTTP
import Testing

// Tags come by being used, and moderators keep them.
extension Conversation {
    func tags() async throws {
        let (mona, alma) = (try person("mona"), try person("alma"))
        let target = "/api/threads/tags"
        try await get(200, target)
        try await get(200, "\(target)?q=b&limit=1")
        try await get(200, "\(target)?after=birds")
        try await send(
            403, .patch, "\(target)/buy", as: alma, [.contentType: "application/json"],
            body: #"{"name":"wanted"}"#)
        for (status, tag, body) in [
            (200, "buy", #"{"name":"wanted"}"#), (422, "wanted", "{}"),
            (422, "wanted", #"{"name":"not a tag!"}"#), (404, "nothing", #"{"name":"some"}"#),
            (200, "weir", #"{"mergeInto":"birds"}"#), (422, "birds", #"{"mergeInto":"birds"}"#),
        ] {
            try await send(
                status, .patch, "\(target)/\(tag)", as: mona, [.contentType: "application/json"],
                body: body)
        }
        try await get(200, "/api/threads?tag=birds")
        try await delete(403, "\(target)/wanted", as: alma)
        try await delete(204, "\(target)/wanted", as: mona)
        try await delete(404, "\(target)/wanted", as: mona)
    }
}
