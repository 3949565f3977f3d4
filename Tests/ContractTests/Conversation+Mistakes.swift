import Fixture
import HTTP
import Testing

// What goes wrong in the same way everywhere.
extension Conversation {
    func mistakes() async throws {
        let alma = try person("alma")
        let lists = ["/api/users", "/api/threads", "/api/posts"]
        for list in lists {
            for id in ["0", "-1", "1abc", "01", "9007199254740993", "%31", "%ff"] {
                try await get(400, "\(list)/\(id)")
            }
            try await get(404, "\(list)/9007199254740992")
            try await send(405, .put, "\(list)/1", as: alma)
            try await send(204, .options, "\(list)/1")
            try await get(200, "\(list)/")
            try await get(404, "\(list)//")
            try await get(401, list, as: Person(name: "a liar", token: "nonsense"))
            try await get(
                401, list, as: Person(name: "a forger", token: "eyJhbGciOiJub25lIn0.e30."))
            try await post(400, list, as: alma, "{\"a\":")
            try await post(400, list, as: alma, "")
            try await post(422, list, as: alma, "{\"a\":\"\\ud800\"}")
            try await post(422, list, as: alma, "[]")
            try await send(
                415, .post, list, as: alma, [.contentType: "text/plain"], body: "{}")
            try await post(413, list, as: alma, String(repeating: " ", count: 1 << 20) + "{}")
            try await post(400, list, as: alma, "{}", key: String(repeating: "k", count: 300))
        }
        try await send(
            422, .post, "/api/posts", as: alma,
            [.contentType: "application/json", .prefer: "handling=strict"],
            body: #"{"thread":1,"text":"x","mood":"good"}"#)
    }
}
