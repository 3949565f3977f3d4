import Bytes
import Fixture
import HTTP
import JSON
import Routing
import Testing

@Suite("Sessions")
struct SessionTests {
    @Test("signing in gives tokens that open what needs an account")
    func signIn() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let answer = try await forum.trySignIn("Alma")
        #expect(answer.status == 201)
        #expect(answer[.cacheControl] == "private, no-store")
        #expect(try answer.member("expiresIn") == "600")
        let tokens = try Tokens(answer)
        let list = try await forum.get("/api/users/sessions", as: tokens.access)
        #expect(list.text.contains(#""id":"\#(tokens.session)""#))
        #expect(list.text.contains(#""current":true"#))
        #expect(list[.cacheControl] == "private, no-store")
        #expect(try await forum.get("/api/users/sessions").status == 401)
        #expect(forum.unexpectedErrors.isEmpty)
    }

    @Test("a name that nobody has and a wrong password are told the same")
    func same() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let unknown = try await forum.trySignIn("nobody", "correct horse 7")
        let wrong = try await forum.trySignIn("alma", "correct horse 8")
        let long = try await forum.trySignIn("alma", String(repeating: "x", count: 9000))
        #expect(unknown.status == 401)
        #expect(unknown.problem == "invalid-credentials")
        #expect(unknown.text == wrong.text)
        #expect(unknown.text == long.text)
    }

    @Test("attempts on one account are counted, whoever has that name")
    func quota() async throws {
        let forum = try AccountsForum(quotas: .usual)
        try await forum.register("alma")
        for name in ["alma", "nobody"] {
            forum.pass(seconds: 60)
            for _ in 0..<10 {
                #expect(try await forum.trySignIn(name, "wrong wrong 1").status == 401)
            }
            let refused = try await forum.trySignIn(name, "wrong wrong 1")
            #expect(refused.status == 429)
            #expect(refused[.retryAfter] != nil)
        }
    }

    @Test("a refresh token is good for one new set")
    func refresh() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let first = try await forum.signIn("alma")
        forum.pass(seconds: 700)
        #expect(
            try await forum.get("/api/users/sessions", as: first.access).problem
                == "token-expired")
        let second = try Tokens(try await forum.refresh(first.refresh))
        #expect(second.session == first.session)
        #expect(second.refresh != first.refresh)
        #expect(try await forum.get("/api/users/sessions", as: second.access).status == 200)
        forum.pass(seconds: 31 * 24 * 3600)
        #expect(try await forum.refresh(second.refresh).status == 401)
    }

    @Test("a refresh token that comes again ends its session, the thief's and the owner's")
    func reuse() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let other = try await forum.signIn("alma")
        let first = try await forum.signIn("alma")
        let second = try Tokens(try await forum.refresh(first.refresh))
        let again = try await forum.refresh(first.refresh)
        #expect(again.status == 401)
        #expect(again.problem == "unauthenticated")
        #expect(try await forum.refresh(second.refresh).status == 401)
        #expect(
            try await forum.get("/api/users/sessions", as: second.access).problem
                == "token-expired")
        #expect(try await forum.refresh(other.refresh).status == 200)
    }

    @Test("an answer that was lost is given again for ten seconds under its key, then no more")
    func grace() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let first = try await forum.signIn("alma")
        let answer = try await forum.refresh(first.refresh, key: "k1")
        forum.pass(seconds: 9)
        let again = try await forum.refresh(first.refresh, key: "k1")
        #expect(again.body == answer.body)
        #expect(again["Idempotency-Replayed"] == "true")
        forum.pass(seconds: 2)
        #expect(try await forum.refresh(first.refresh, key: "k1").status == 401)
        #expect(try await forum.refresh(Tokens(answer).refresh).status == 401)
    }

    @Test("answers with tokens are kept sealed: the file betrays none")
    func sealed() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let tokens = try await forum.signIn("alma", key: "k1")
        let again = try await forum.signIn("alma", key: "k1")
        #expect(again.refresh == tokens.refresh)
        let kept = try forum.keptAnswers()
        #expect(!kept.isEmpty)
        for answer in kept {
            let text = String(decoding: answer, as: UTF8.self)
            #expect(!text.contains("fr_") && !text.contains(tokens.access.prefix(20)))
        }
    }

    @Test("a session is ended by its owner alone, by name or as the current one")
    func end() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        try await forum.register("bruno")
        let alma = try await forum.signIn("alma")
        let second = try await forum.signIn("alma")
        let bruno = try await forum.signIn("bruno")
        func end(_ name: String, as tokens: Tokens) async throws -> Int {
            try await forum.send(.delete, "/api/users/sessions/\(name)", as: tokens.access).status
        }
        #expect(try await end(alma.session, as: bruno) == 404)
        #expect(try await end("s_0", as: bruno) == 404)
        #expect(try await end(second.session, as: alma) == 204)
        #expect(try await forum.refresh(second.refresh).status == 401)
        #expect(try await end("current", as: alma) == 204)
        #expect(try await forum.refresh(alma.refresh).status == 401)
        #expect(try await forum.refresh(bruno.refresh).status == 200)
    }

    @Test("signing out everywhere ends access tokens at once")
    func everywhere() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let tokens = try await forum.signIn("alma")
        #expect(
            try await forum.send(.delete, "/api/users/sessions", as: tokens.access).status == 204)
        #expect(try await forum.get("/api/users/sessions", as: tokens.access).status == 401)
        #expect(try await forum.refresh(tokens.refresh).status == 401)
        #expect(try forum.told() == ["user.changed 1 1", "user.changed 1 2"])
        let new = try await forum.signIn("alma")
        #expect(try await forum.get("/api/users/sessions", as: new.access).status == 200)
    }

    @Test("nobody has more than fifty sessions: the oldest ends")
    func surplus() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let first = try await forum.signIn("alma")
        for _ in 0..<50 { _ = try await forum.signIn("alma") }
        let last = try await forum.signIn("alma")
        let list = try await forum.get("/api/users/sessions", as: last.access)
        guard case .array(let sessions) = try list.json else { throw Refused(list) }
        #expect(sessions.count == 50)
        #expect(try await forum.refresh(first.refresh).status == 401)
    }

    @Test("the issuer's public keys are there for everybody, for five minutes")
    func keys() async throws {
        let forum = try AccountsForum()
        let answer = try await forum.get("/api/users/.well-known/jwks.json")
        #expect(answer.status == 200)
        #expect(answer[.cacheControl] == "public, max-age=300")
        #expect(answer.text.contains(#""kty":"OKP","crv":"Ed25519""#))
        #expect(!answer.text.contains(#""d":"#))
        let tag = try #require(answer[.etag])
        let again = try await forum.send(
            .get, "/api/users/.well-known/jwks.json", fields: [.ifNoneMatch: tag])
        #expect(again.status == 304)
    }
}
