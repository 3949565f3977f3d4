import Bytes
import Fixture
import HTTP
import JSON
import Records
import Testing

@Suite("API tokens")
struct APITokenTests {
    private let forum: AccountsForum
    private let alma: Tokens

    init() async throws {
        forum = try AccountsForum()
        try await forum.register("alma")
        alma = try await forum.signIn("alma")
    }

    private func make(
        _ scopes: String = #"["users:read"]"#, _ more: String = "", key: String? = nil
    ) async throws -> Answer {
        try await forum.send(
            .post, "/api/users/me/tokens", as: alma.access, key: key,
            body: #"{"name":"my script","scopes":\#(scopes)\#(more)}"#)
    }

    private func secret(_ answer: Answer) throws -> String {
        guard case .string(let token)? = try answer.json["token"] else { throw Refused(answer) }
        return token
    }

    @Test("a token is shown once and opens what its scopes name, and nothing else")
    func scopes() async throws {
        let answer = try await make()
        #expect(answer.status == 201)
        #expect(answer[.cacheControl] == "private, no-store")
        let token = try secret(answer)
        #expect(try await forum.get("/api/users/me", as: token).status == 200)
        let list = try await forum.get("/api/users/me/tokens", as: alma.access)
        #expect(list.text.contains(#""name":"my script""#))
        #expect(!list.text.contains(token))
        let write = try await forum.send(
            .patch, "/api/users/1", as: token, match: "*", body: #"{"bio":"x"}"#)
        #expect(write.status == 403)
        #expect(write["WWW-Authenticate"]?.contains("users:write") == true)
        for target in ["/api/users/sessions", "/api/users/me/tokens"] {
            #expect(try await forum.get(target, as: token).status == 403)
        }
    }

    @Test("a token ends when its time has come, or when it is removed by its owner")
    func ends() async throws {
        let first = try secret(
            try await make(#"["users:read"]"#, #","expiresAt":"2026-11-26T00:00:05Z""#))
        let second = try secret(try await make())
        forum.pass(seconds: 5)
        #expect(try await forum.get("/api/users/me", as: first).problem == "token-expired")
        try await forum.register("bruno")
        let bruno = try await forum.signIn("bruno")
        func remove(_ tokens: Tokens) async throws -> Int {
            try await forum.send(.delete, "/api/users/me/tokens/2", as: tokens.access).status
        }
        #expect(try await remove(bruno) == 404)
        #expect(try await remove(alma) == 204)
        #expect(try await remove(alma) == 404)
        #expect(try await forum.get("/api/users/me", as: second).problem == "unauthenticated")
    }

    @Test("other services are told of a token by its digest, and when it is gone")
    func told() async throws {
        let token = try secret(try await make())
        _ = try await forum.send(.delete, "/api/users/me/tokens/1", as: alma.access)
        let told = try forum.told().filter { $0.hasPrefix("token.changed") }
        #expect(told.count == 2)
        #expect(told[0].hasSuffix(" 1") && told[1].hasSuffix(" 2"))
        #expect(told.allSatisfy { !$0.contains(token) })
    }

    @Test("under one key one token is made, and its answer is kept sealed")
    func keyed() async throws {
        let first = try await make(key: "k")
        let second = try await make(key: "k")
        #expect(first.body == second.body)
        let token = try secret(first)
        for kept in try forum.keptAnswers() {
            #expect(!String(decoding: kept, as: UTF8.self).contains(token))
        }
    }

    @Test("scopes that no service could know are refused, and so is a time that has passed")
    func refused() async throws {
        for scopes in [
            "[]", #"["everything"]"#, #"["posts:"]"#, #"["mail:read"]"#, #"["posts:write x"]"#,
        ] {
            #expect(try await make(scopes).status == 422, "\(scopes)")
        }
        let past = try await make(#"["posts:write"]"#, #","expiresAt":"2026-11-25T00:00:00Z""#)
        #expect(past.text.contains(#""pointer":"/expiresAt""#))
    }
}
