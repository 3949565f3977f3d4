import Fixture
import HTTP
import Routing
import Testing

// What anybody finds who knows nothing but the address.
extension Conversation {
    func frontDoor() async throws {
        try await get(200, "/")
        try await get(200, "/api/")
        try await send(200, .head, "/")
        try await get(404, "/nowhere")
        try await get(404, "/api/nowhere")
        for path in ["/api/users", "/api/threads", "/api/posts"] {
            try await get(200, "\(path)/openapi.json")
            try await send(204, .options, path)
            try await send(405, .put, path)
        }
        for path in ["/api/users/.well-known/jwks.json", "/.well-known/jwks.json"] {
            try await get(200, path)
        }
        let tag = try await get(200, "/openapi.json")[.etag]
        try await get(304, "/openapi.json", [.ifNoneMatch: tag ?? ""])
        try await problems()
        for path in ["/openapi.json", "/problems", "/problems/gone", "/", "/api/"] {
            try await send(405, .post, path)
            try await send(204, .options, path)
        }
        try await get(200, "/openapi.json/")
        for path in ["/openapi", "/openapi.json/more", "/problemsolving", "/problems/gone/more"] {
            try await get(404, path)
        }
    }

    private func problems() async throws {
        let json: Fields = [.accept: "application/json"]
        try await get(200, "/problems", json)
        for code in APIErrorCode.allCases { try await get(200, "/problems/\(code.slug)", json) }
        try await get(404, "/problems/unheard-of")
    }
}

// Requests of strangers need nobody's name.
extension Conversation {
    @discardableResult
    func get(_ status: Int, _ target: String, _ fields: Fields) async throws -> Answer {
        try await get(status, target, as: .stranger, fields)
    }
}
