import Bytes
import HTTP
import JSON
import Routing
import Testing

/// Routes that tell who they think is asking.
private struct Doors: Sendable {
    func tell(_ request: borrowing Request) -> Response {
        if request.isOperator { return .text("the operator") }
        return .text(request.caller.map { "user \($0.user)" } ?? "a stranger")
    }

    func tellMember(_ request: borrowing Request) throws -> Response {
        .text("user \(try request.member().user)")
    }

    func show(_ request: borrowing Request) throws -> Response {
        try .json(User(id: ID(4), username: "jake"), for: request)
    }

    func picture(_ request: borrowing Request) -> Response {
        Response(.ok, fields: [.cacheControl: CachePolicy.immutable.text])
    }

    var routes: [Route] {
        [
            .get("/api/users", tell),
            .get("/api/users/me", tellMember),
            .get("/api/users/mine", tell).by(.member("users:read")),
            .get("/api/users/picture", picture),
            .get("/api/users/{id}", show),
            .put("/api/users/me", tell).by(.member("threads:write")),
            .delete("/api/users/me", tell).by(.moderator("threads:write")),
            .patch("/api/users/me", tell).by(.admin("threads:write")),
            .get("/api/users/stats", tell).by(.operator),
            .put("/api/users/me/password", tell).by(.member(.session)),
        ]
    }
}

@Suite("Who is answered")
struct AccessTests {
    private let forum = Forum(Doors().routes, Accounts.settings)

    @Test(
        "where nobody is the operator, whoever asks for what is theirs is told how to change that",
        arguments: [nil, "secret", "simon"])
    func nobody(token: String?) async throws {
        var settings = Accounts.settings
        settings.isOperator = nil
        let fields: Fields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
        let response = try await Forum(Doors().routes, settings).get("/api/users/stats", fields)
        #expect(response.verdict == "forbidden")
        #expect(response.body.text.contains("FORUM_ADMIN_SECRET_FILE"), "\(response.body.text)")
    }

    @Test(
        "a route answers those it is declared for, and says to the others why not",
        arguments: [
            (.get, "/api/users", nil, "a stranger"),
            (.get, "/api/users", "finn", "user 3"),
            (.get, "/api/users", "secret", "the operator"),
            (.get, "/api/users", "nonsense", "unauthenticated"),
            (.get, "/api/users", "old", "token-expired"),
            (.get, "/api/users/mine", nil, "unauthenticated"),
            (.get, "/api/users/mine", "finn", "user 3"),
            (.put, "/api/users/me", nil, "unauthenticated"),
            (.put, "/api/users/me", "finn", "user 3"),
            (.put, "/api/users/me", "simon", "user 5"),
            (.put, "/api/users/me", "secret", "forbidden"),
            (.delete, "/api/users/me", "finn", "forbidden"),
            (.delete, "/api/users/me", "bubblegum", "user 1"),
            (.delete, "/api/users/me", "simon", "user 5"),
            (.delete, "/api/users/me", "secret", "forbidden"),
            (.patch, "/api/users/me", "bubblegum", "forbidden"),
            (.patch, "/api/users/me", "simon", "user 5"),
            (.patch, "/api/users/me", "secret", "the operator"),
            (.get, "/api/users/stats", nil, "unauthenticated"),
            (.get, "/api/users/stats", "simon", "forbidden"),
            (.get, "/api/users/stats", "secret", "the operator"),
        ] as [(Method, String, String?, String)])
    func access(_ method: Method, _ path: String, _ token: String?, _ expected: String) async throws
    {
        let fields = token.map { Fields.token($0) } ?? Fields()
        let response = try await forum.send(method, path, fields)
        #expect((response.status == .ok ? response.body.text : response.verdict) == expected)
    }

    @Test("an API token needs the scope, which the refusal names; a session needs none")
    func scopes() async throws {
        #expect(try await forum.send(.put, "/api/users/me", .token("writer")).status == .ok)
        let refused = try await forum.send(.put, "/api/users/me", .token("reader"))
        #expect(refused.verdict == "forbidden")
        #expect(
            try refused.member("detail") == .string("the token lacks the scope threads:write"))
        #expect(
            refused.fields[.wwwAuthenticate]
                == "Bearer error=\"insufficient_scope\", scope=\"threads:write\"")
    }

    @Test("where only a session will do, an API token does not, whatever its scopes")
    func sessions() async throws {
        let path = "/api/users/me/password"
        #expect(try await forum.send(.put, path, .token("writer")).verdict == "forbidden")
        #expect(try await forum.send(.put, path, .token("finn")).status == .ok)
    }

    @Test("a ban from writing leaves reading")
    func writeBan() async throws {
        #expect(try await forum.get("/api/users/mine", .token("muted")).status == .ok)
        let refused = try await forum.send(.put, "/api/users/me", .token("muted"))
        #expect(refused.verdict == "banned")
        #expect(try refused.member("until") == .null)
    }

    @Test("a whole ban leaves nothing until it ends")
    func wholeBan() async throws {
        let refused = try await forum.get("/api/users", .token("lich"))
        #expect(refused.verdict == "banned")
        #expect(refused.status == .forbidden)
        #expect(try refused.member("until") == .string("1970-01-02T00:00:00.000Z"))
        #expect(try await forum.send(.put, "/api/users/me", .token("pardoned")).status == .ok)
    }

    @Test("a refusal says how to be let in")
    func challenge() async throws {
        let stranger = try await forum.send(.put, "/api/users/me")
        #expect(stranger.status == .unauthorized)
        #expect(stranger.fields.values(.wwwAuthenticate) == ["Bearer"])
        let wrong = try await forum.get("/api/users", .token("nonsense"))
        #expect(wrong.fields.values(.wwwAuthenticate) == ["Bearer error=\"invalid_token\""])
    }

    @Test("a handler that asks for a member refuses strangers itself")
    func member() async throws {
        #expect(try await forum.get("/api/users/me", .token("finn")).body.text == "user 3")
        #expect(try await forum.get("/api/users/me").verdict == "unauthenticated")
        #expect(try await forum.get("/api/users/me", .token("secret")).verdict == "forbidden")
    }

    @Test("who may not enter is told so before the body is read")
    func beforeTheBody() async throws {
        let large = String(repeating: " ", count: RoutingLimits.bodyBytesMax + 1)
        let stranger = try await forum.send(.put, "/api/users/me", body: large)
        #expect(stranger.status == .unauthorized)
        let member = try await forum.send(.put, "/api/users/me", .token("finn"), body: large)
        #expect(member.status == .contentTooLarge)
    }

    @Test("an answer to a caller is kept by nobody, unless its handler knows better")
    func privacy() async throws {
        let cases = [
            ("/api/users/4", nil, "public, max-age=0, must-revalidate"),
            ("/api/users/4", "finn", "private, no-store"),
            ("/api/users", "finn", "private, no-store"), ("/api/users", nil, nil),
            ("/api/users/picture", "finn", "public, max-age=31536000, immutable"),
        ]
        for (path, token, expected) in cases {
            let response = try await forum.get(path, token.map { Fields.token($0) } ?? Fields())
            #expect(response.fields.values(.cacheControl) == [expected].compactMap(\.self))
        }
    }

    @Test("where nobody has an account, tokens are not looked at and members are strangers")
    func withoutAccounts() async throws {
        let forum = Forum([
            .get("/api/users", Doors().tell),
            .put("/api/users", Doors().tell).by(.member("users:write")),
        ])
        #expect(try await forum.get("/api/users", .token("finn")).body.text == "a stranger")
        let refused = try await forum.send(.put, "/api/users", .token("finn"))
        #expect(refused.verdict == "unauthenticated")
    }

    @Test("a bearer token is found in any spelling of its scheme, and in no other scheme")
    func tokens() async throws {
        let cases = [
            ("Bearer finn", "user 3"), ("bearer   finn", "user 3"), ("BEARER finn", "user 3"),
            ("Basic finn", "a stranger"), ("Bearer", "a stranger"), ("Bearerfinn", "a stranger"),
        ]
        for (value, expected) in cases {
            let response = try await forum.get("/api/users", [.authorization: value])
            #expect(response.body.text == expected, "\(value)")
        }
    }
}
