import Fixture
import HTTP
import Testing

// One sign says it.
extension Conversation {
    func reactions() async throws {
        let (alma, bruno) = (try person("alma"), try person("bruno"))
        let target = "/api/posts/1/reactions"
        let thumb = "%F0%9F%91%8D"
        let rocket = "%F0%9F%9A%80"
        try await put(200, "\(target)/\(thumb)", as: bruno)
        try await put(200, "\(target)/\(thumb)", as: bruno)
        try await put(200, "\(target)/\(thumb)", as: alma)
        try await put(200, "\(target)/\(rocket)", as: alma)
        try await put(422, "\(target)/%F0%9F%92%A9", as: alma)
        try await put(401, "\(target)/\(thumb)", as: .stranger)
        try await put(404, "/api/posts/2/reactions/\(thumb)", as: alma)
        try await get(200, target)
        try await get(200, "/api/posts/1", as: bruno)
        try await delete(200, "\(target)/\(rocket)", as: alma)
        try await delete(200, "\(target)/\(rocket)", as: alma)
        try await get(200, "/api/posts/1")
    }
}
