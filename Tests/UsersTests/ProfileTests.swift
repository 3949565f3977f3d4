import Fixture
import HTTP
import Testing

@Suite("Profiles")
struct ProfileTests {
    private let forum: AccountsForum
    private let alma: Tokens

    init() async throws {
        forum = try AccountsForum()
        try await forum.register("alma")
        alma = try await forum.signIn("alma")
    }

    private func patch(
        _ body: String, _ match: String? = "\"u1.1\"", id: Int64 = 1, as token: String? = nil
    ) async throws -> Answer {
        try await forum.send(
            .patch, "/api/users/\(id)", as: token ?? alma.access, match: match, body: body)
    }

    @Test("a member sees what nobody else is told")
    func me() async throws {
        _ = try await patch(#"{"email":"alma@example.org"}"#)
        let me = try await forum.get("/api/users/me", as: alma.access)
        #expect(me.status == 200)
        #expect(try me.member("email") == #""alma@example.org""#)
        #expect(try me.member("emailVerified") == "false")
        #expect(try me.member("bans") == "[]")
        #expect(me[.cacheControl] == "private, no-store")
        #expect(me[.etag] == "\"u1.2~n0.1\"")
        #expect(!(try await forum.get("/api/users/1").text.contains("example.org")))
        #expect(try await forum.get("/api/users/me").status == 401)
    }

    @Test("an edit changes what it names, removes what is null, and is told once")
    func edit() async throws {
        let first = try await patch(
            ##"{"name":"Alma R.","bio":"rows","website":"https://example.org","location":"Ulm"}"##)
        #expect(first.status == 200)
        #expect(first[.etag] == "\"u1.2~n0.1\"")
        #expect(first["Forum-Position"] == "users=2")
        let second = try await patch(#"{"bio":null}"#, "\"u1.2\"")
        #expect(try second.member("bio") == #""""#)
        #expect(try second.member("name") == #""Alma R.""#)
        let same = try await patch(#"{"location":"Ulm"}"#, "\"u1.3\"")
        #expect(same[.etag] == "\"u1.3~n0.1\"")
        #expect(try forum.told() == ["user.changed 1 1", "user.changed 1 2", "user.changed 1 3"])
        #expect(try await forum.get("/api/users/1").member("location") == #""Ulm""#)
    }

    @Test("an edit needs to know what it edits: 428 without If-Match, 412 with an older tag")
    func conditions() async throws {
        #expect(try await patch(#"{"bio":"x"}"#, nil).status == 428)
        #expect(try await patch(#"{"bio":"x"}"#).status == 200)
        let late = try await patch(#"{"bio":"y"}"#)
        #expect(late.status == 412)
        #expect(late[.etag] == "\"u1.2~n0.1\"")
        #expect(try await forum.get("/api/users/1").member("bio") == #""x""#)
    }

    @Test("what cannot be kept is complained of, each beside its field")
    func complaints() async throws {
        let answer = try await patch(
            #"{"name":null,"website":"javascript:x","email":"a b@c","bio":7}"#)
        #expect(answer.status == 422)
        for pointer in ["/name", "/website", "/email", "/bio"] {
            #expect(answer.text.contains(#""pointer":"\#(pointer)""#), "\(pointer)")
        }
    }

    @Test("a profile is edited by its user and by admins, by nobody else")
    func others() async throws {
        let admin = try await forum.admin()
        try await forum.register("bruno")
        let bruno = try await forum.signIn("bruno")
        #expect(try await patch(#"{"bio":"x"}"#, as: bruno.access).status == 403)
        #expect(try await patch(#"{"bio":"x"}"#, as: admin.access).status == 200)
        let missing = try await patch(#"{"bio":"x"}"#, "*", id: 99, as: admin.access)
        #expect(missing.status == 404)
    }

    @Test("a new password ends every other session and every access token")
    func password() async throws {
        let other = try await forum.signIn("alma")
        func change(_ current: String, _ new: String) async throws -> Answer {
            try await forum.send(
                .put, "/api/users/me/password", as: alma.access,
                body: #"{"current":"\#(current)","new":"\#(new)"}"#)
        }
        #expect(try await change("correct horse 8", "another horse 9").status == 403)
        let weak = try await change("correct horse 7", "short")
        #expect(weak.text.contains(#""pointer":"/new""#))
        #expect(try await change("correct horse 7", "another horse 9").status == 204)
        #expect(try await forum.trySignIn("alma", "correct horse 7").status == 401)
        #expect(try await forum.refresh(other.refresh).status == 401)
        for token in [alma.access, other.access] {
            #expect(try await forum.get("/api/users/me", as: token).status == 401)
        }
        let renewed = try Tokens(try await forum.refresh(alma.refresh))
        #expect(try await forum.get("/api/users/me", as: renewed.access).status == 200)
        _ = try await forum.signIn("alma", "another horse 9")
    }
}
