import Bytes
import HTTP
import JSON
import Routing
import Testing

@Suite("Matching paths")
struct RouterTests {
    private let forum = Forum([
        .get("/") { _ in Response.text("root") },
        .get("/api") { _ in Response.text("api") },
        .get("/api/users") { _ in Response.text("list") },
        .post("/api/users", .repeatable) { _ in Response.text("created") },
        .get("/api/users/me") { _ in Response.text("me") },
        .get("/api/users/{id}") { request in Response.text("user \(try request.path("id"))") },
        .patch("/api/users/{id}") { request in Response.text("patched \(try request.path("id"))") },
        .get("/api/users/me/tokens") { _ in Response.text("tokens") },
        .get("/api/users/{id}/avatar") { request in
            Response.text("avatar \(try request.path("id"))")
        },
        .get("/api/users/{a}/{b}/{c}/{d}") { request in
            Response.text(
                "\(try request.path("a")) \(try request.path("b")) \(try request.path("c"))"
                    + " \(try request.path("d"))")
        },
        .get("/api/users/feed.atom") { _ in Response.text("feed") },
    ])

    @Test(
        "a path leads to its handler",
        arguments: [
            ("/", "root"), ("/api", "api"), ("/api/", "api"), ("/api/users", "list"),
            ("/api/users/", "list"), ("/api/users?x=/api", "list"), ("/api/users/7", "user 7"),
            ("/api/users/7/", "user 7"), ("/api/users/feed.atom", "feed"),
            ("/api/users/1/2/3/4", "1 2 3 4"), ("/api/users/7?", "user 7"),
            ("http://elsewhere/api/users/7", "user 7"), ("http://elsewhere", "root"),
        ])
    func leads(_ target: String, _ expected: String) async throws {
        #expect(try await forum.line(.get, target) == "200 \(expected)")
    }

    @Test("a literal segment wins over a capture")
    func literalWins() async throws {
        #expect(try await forum.line(.get, "/api/users/me") == "200 me")
        #expect(try await forum.line(.get, "/api/users/mee") == "200 user mee")
    }

    @Test("where the literal leads nowhere the capture is tried")
    func backtracks() async throws {
        #expect(try await forum.line(.get, "/api/users/me/avatar") == "200 avatar me")
        #expect(try await forum.line(.get, "/api/users/me/tokens") == "200 tokens")
    }

    @Test(
        "what is spelled otherwise is another path, and nobody's",
        arguments: [
            "/api/usersX", "/API/users", "//api/users", "/api//users", "/api/users//",
            "/api/users/7//", "/api/%75sers", "/api%2Fusers", "/api/users/../users", "/api/users/.",
            "/api/users/..", "/api/users/%2e%2E", "/api/users/.%2e", "/api/users/%2e/avatar",
            "/api/users/7/avatar/x", "/api/users/1/2/3/4/5", "/apis", "/api/user",
        ])
    func unknown(_ target: String) async throws {
        #expect(try await forum.get(target).verdict == "not-found")
    }

    @Test("a captured segment is decoded after it was matched")
    func decoded() async throws {
        #expect(try await forum.line(.get, "/api/users/a%2Fb%20c") == "200 user a/b c")
        #expect(try await forum.line(.get, "/api/users/%f0%9f%91%8d") == "200 user 👍")
        #expect(try await forum.line(.get, "/api/users/...") == "200 user ...")
        #expect(try await forum.get("/api/users/%ff").verdict == "malformed")
    }

    @Test("a known path answers other methods with 405 and what it allows")
    func otherMethods() async throws {
        let response = try await forum.send(.delete, "/api/users/7")
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == "GET, HEAD, PATCH, OPTIONS")
        #expect(response.verdict == "method-not-allowed")
    }

    @Test("the literal's methods count, not those of the capture beside it")
    func methodOfLiteral() async throws {
        let response = try await forum.send(.patch, "/api/users/me")
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test("HEAD is answered by GET, without the body")
    func head() async throws {
        let response = try await forum.send(.head, "/api/users")
        #expect(response.status == .ok)
        #expect(response.fields[.contentLength] == "4")
        #expect(response.body.isEmpty)
    }

    @Test("OPTIONS says what a path allows")
    func options() async throws {
        let response = try await forum.send(.options, "/api/users")
        #expect(response.status == .noContent)
        #expect(response.fields[.allow] == "GET, HEAD, POST, OPTIONS")
        #expect(try await forum.send(.options, "/nowhere").status == .notFound)
    }

    @Test("OPTIONS * says what any path may allow")
    func optionsOfAll() async throws {
        let response = try await forum.send(.options, "*")
        #expect(response.status == .noContent)
        #expect(response.fields[.allow] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
    }

    @Test(
        "random paths never do more than miss", arguments: [1, 77, UInt64.random(in: 0 ... .max)])
    func random(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        let pieces = ["/", "api", "users", "me", "7", "%2e", ".", "%41", "avatar", "//", "x"]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<9, using: &random)
            let path = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }
            let status = try await forum.get("/" + path.joined()).status.code
            #expect([200, 404, 405].contains(status), "seed \(seed)")
        }
    }
}
