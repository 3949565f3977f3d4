import Fixture
import HTTP
import Testing

@Suite("Usernames")
struct NameTests {
    private let forum: AccountsForum
    private let alma: Tokens

    init() async throws {
        forum = try AccountsForum()
        try await forum.register("alma")
        try await forum.register("Alba")
        try await forum.register("bruno")
        alma = try await forum.signIn("alma")
    }

    private func rename(_ name: String, id: Int64 = 1) async throws -> Answer {
        try await forum.send(
            .put, "/api/users/\(id)/username", as: alma.access,
            body: #"{"username":"\#(name)"}"#)
    }

    @Test("a former name leads to the new one for ninety days, and is nobody else's meanwhile")
    func former() async throws {
        let answer = try await rename("reyes")
        #expect(answer.status == 200)
        #expect(try answer.member("username") == #""reyes""#)
        #expect(try forum.told().last == "user.changed 1 2")
        let moved = try await forum.get("/api/users/by-name/ALMA")
        #expect(moved.status == 301)
        #expect(moved[.location] == "/api/users/by-name/reyes")
        #expect(try await forum.get("/api/users/by-name/Reyes").member("id") == "1")
        await #expect(throws: Refused.self) { try await forum.register("alma") }
        #expect(try await forum.trySignIn("alma").status == 401)
        _ = try await forum.signIn("reyes")
        forum.pass(seconds: 90 * 24 * 3600)
        #expect(try await forum.get("/api/users/by-name/alma").status == 404)
        try await forum.register("alma")
    }

    @Test("who changes the mind gets the former name back, and another spelling is no new name")
    func back() async throws {
        _ = try await rename("reyes")
        #expect(try await rename("alma").status == 200)
        #expect(try await rename("ALMA").status == 200)
        #expect(try await forum.get("/api/users/by-name/alma").status == 200)
        #expect(try await forum.get("/api/users/by-name/reyes").status == 301)
    }

    @Test("nobody takes a name that is in use, renames others, or hoards names")
    func refused() async throws {
        #expect(try await rename("BRUNO").status == 422)
        #expect(try await rename("a b").status == 422)
        #expect(try await rename("other", id: 3).status == 403)
        for n in 1...5 { #expect(try await rename("name\(n)").status == 200) }
        #expect(try await rename("name6").status == 409)
        #expect(try await forum.get("/api/users/1").member("username") == #""name5""#)
    }

    @Test("search finds cards by the beginning of a username, whatever its case")
    func search() async throws {
        let found = try await forum.get("/api/users/search?q=AL")
        #expect(
            found.text == #"[{"id":2,"username":"Alba","name":"Alba","avatar":"/api/users/2/"#
                + #"avatar","state":"active"},{"id":1,"username":"alma","name":"alma","#
                + #""avatar":"/api/users/1/avatar","state":"active"}]"#)
        #expect(
            try await forum.get("/api/users/search?q=al&limit=1").text.contains("alma") == false)
        #expect(try await forum.get("/api/users/search?q=%25").text == "[]")
        #expect(try await forum.get("/api/users/search").status == 400)
        #expect(try await forum.get("/api/users/search?q=a&limit=21").status == 400)
    }

    @Test("whoever has no picture has a letter on a colour, which runs nothing")
    func avatars() async throws {
        _ = try await forum.send(
            .patch, "/api/users/1", as: alma.access, match: "*", body: #"{"name":"<script>"}"#)
        let answer = try await forum.get("/api/users/1/avatar")
        #expect(answer.status == 200)
        #expect(answer[.contentType] == "image/svg+xml")
        #expect(answer.text.contains("&lt;") && !answer.text.contains("<script"))
        #expect(answer["Content-Security-Policy"] == "default-src 'none'; sandbox")
        #expect(try await forum.get("/api/users/0/avatar").status == 200)
        #expect(try await forum.get("/api/users/99/avatar").status == 404)
    }

    @Test("admins read what was done by whom, newest first; nobody else does")
    func audit() async throws {
        let admin = try await forum.admin()
        _ = try await rename("reyes")
        _ = try await forum.send(
            .put, "/api/users/3/roles", as: admin.access, body: #"{"roles":["moderator"]}"#)
        _ = try await forum.send(
            .put, "/api/users/3/roles", as: LoopbackForum.secret, body: #"{"roles":[]}"#)
        let log = try await forum.get(
            "/api/users/audit?fields=id,actor,action,target,before,after", as: admin.access)
        #expect(
            log.text == #"[{"id":3,"actor":null,"action":"role","target":3,"#
                + #""before":"moderator","after":"member"},"#
                + #"{"id":2,"actor":4,"action":"role","target":3,"before":"member","#
                + #""after":"moderator"},{"id":1,"actor":1,"action":"username","target":1,"#
                + #""before":"alma","after":"reyes"}]"#)
        let page = try await forum.get("/api/users/audit?limit=2", as: admin.access)
        let rest = try await forum.get(try #require(page.link("next")), as: admin.access)
        #expect(rest.text.contains(#""id":1,"#) && !rest.text.contains(#""id":2,"#))
        #expect(try await forum.get("/api/users/audit", as: alma.access).status == 403)
    }
}
