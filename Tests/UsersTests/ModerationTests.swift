import Fixture
import HTTP
import Testing

@Suite("Roles and bans")
struct ModerationTests {
    private let forum: AccountsForum
    private let admin: Tokens

    init() async throws {
        forum = try AccountsForum()
        admin = try await forum.admin()
        try await forum.register("alma")
        try await forum.register("bruno")
    }

    private func setRole(
        _ role: String, of user: Int64, as token: String
    ) async throws -> Answer {
        try await forum.send(
            .put, "/api/users/\(user)/roles", as: token, body: #"{"roles":["\#(role)"]}"#)
    }

    private func ban(
        _ user: Int64, as token: String, _ scope: String = "all", until: String? = nil
    ) async throws -> Answer {
        let until = until.map { #","until":"\#($0)""# } ?? ""
        return try await forum.send(
            .post, "/api/users/\(user)/bans", as: token,
            body: #"{"reason":"spam","scope":"\#(scope)"\#(until)}"#)
    }

    @Test("a role holds from the next request on, whatever the token says")
    func role() async throws {
        let alma = try await forum.signIn("alma")
        #expect(try await ban(3, as: alma.access).status == 403)
        let answer = try await setRole("moderator", of: 2, as: admin.access)
        #expect(try answer.member("roles") == #"["moderator"]"#)
        #expect(try await ban(3, as: alma.access).status == 201)
        #expect(try await setRole("member", of: 2, as: LoopbackForum.secret).status == 200)
        #expect(try await forum.get("/api/users/3/bans", as: alma.access).status == 403)
        #expect(try await setRole("admin", of: 2, as: alma.access).status == 403)
        #expect(try await setRole("guest", of: 2, as: admin.access).status == 422)
    }

    @Test("the last admin stays one")
    func lastAdmin() async throws {
        #expect(try await setRole("member", of: 1, as: admin.access).status == 409)
        #expect(try await setRole("admin", of: 2, as: admin.access).status == 200)
        #expect(try await setRole("member", of: 1, as: admin.access).status == 200)
        let alma = try await forum.signIn("alma")
        #expect(try await setRole("moderator", of: 2, as: alma.access).status == 409)
    }

    @Test("nobody bans a peer or somebody above")
    func peers() async throws {
        for user in [2, 3] as [Int64] {
            _ = try await setRole("moderator", of: user, as: admin.access)
        }
        let alma = try await forum.signIn("alma")
        for user in [1, 2, 3] as [Int64] {
            #expect(try await ban(user, as: alma.access).status == 403)
        }
        #expect(try await ban(3, as: admin.access).status == 201)
        #expect(try await ban(99, as: admin.access).status == 404)
    }

    @Test("a ban from everything ends sessions and signing in, until it is lifted")
    func all() async throws {
        let bruno = try await forum.signIn("bruno")
        let answer = try await ban(3, as: admin.access)
        #expect(answer.status == 201)
        #expect(try await ban(3, as: admin.access).status == 409)
        #expect(try await forum.get("/api/users/me", as: bruno.access).status == 401)
        #expect(try await forum.refresh(bruno.refresh).status == 401)
        let refused = try await forum.trySignIn("bruno")
        #expect(refused.status == 403)
        #expect(refused.problem == "banned")
        #expect(try refused.member("until") == "null")
        #expect(try await forum.get("/api/users/3").member("state") == #""banned""#)
        let id = try #require(try answer.member("id"))
        for _ in 0..<2 {
            let lifted = try await forum.send(
                .delete, "/api/users/bans/\(id)", as: admin.access)
            #expect(lifted.status == 204)
        }
        #expect(try await forum.get("/api/users/3").member("state") == #""active""#)
        _ = try await forum.signIn("bruno")
        let list = try await forum.get("/api/users/3/bans", as: admin.access)
        #expect(list.text.contains(#""reason":"spam""#))
        #expect(!list.text.contains(#""liftedAt":null"#))
    }

    @Test("a ban from writing leaves reading, and ends by itself")
    func write() async throws {
        let bruno = try await forum.signIn("bruno")
        let until = "2026-11-26T01:00:00Z"
        #expect(try await ban(3, as: admin.access, "write", until: until).status == 201)
        let me = try await forum.get("/api/users/me", as: bruno.access)
        #expect(me.status == 200)
        #expect(me.text.contains(#""scope":"write","reason":"spam""#))
        func edit() async throws -> Answer {
            try await forum.send(
                .patch, "/api/users/3", as: bruno.access, match: "*", body: #"{"bio":"x"}"#)
        }
        #expect(try await edit().problem == "banned")
        forum.pass(seconds: 3600)
        let later = try await forum.signIn("bruno")
        let answer = try await forum.send(
            .patch, "/api/users/3", as: later.access, match: "*", body: #"{"bio":"x"}"#)
        #expect(answer.status == 200)
        #expect(
            try await ban(3, as: admin.access, until: "2026-11-26T00:30:00Z").status == 401)
        let admin = try await forum.signIn("root")
        let past = try await ban(3, as: admin.access, until: "2026-11-26T00:30:00Z")
        #expect(past.text.contains(#""pointer":"/until""#))
        #expect(try await ban(3, as: admin.access).status == 201)
    }

    @Test("a ban from one category is refused rather than made one from everything")
    func category() async throws {
        let answer = try await forum.send(
            .post, "/api/users/3/bans", as: admin.access,
            body: #"{"reason":"spam","scope":"write","category":4}"#)
        #expect(answer.status == 422)
        #expect(answer.text.contains(#""pointer":"/category","code":"unsupported""#))
    }
}
