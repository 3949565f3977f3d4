import Bytes
import Fixture
import HTTP
import Testing

@Suite("Reading users")
struct UserReadingTests {
    @Test("a user is shown whole, the lab's members first")
    func whole() async throws {
        let answer = try await usersForum().get("/api/users/2")
        #expect(answer.status == 200)
        #expect(
            answer.text == #"{"id":2,"username":"bruno","name":"Bruno 'the Oar' Lindt","#
                + #""bio":"builds boats","avatar":"/api/users/2/avatar","roles":["member"],"#
                + #""state":"active","location":"","website":"","signature":"","#
                + #""joinedAt":"2026-01-01T00:00:00.000Z","lastSeenAt":null,"threadCount":0,"#
                + #""postCount":0,"reactionsReceived":0,"version":1}"#)
        #expect(answer[.contentType] == "application/json; charset=utf-8")
        #expect(answer[.etag] == #""u2.1""#)
        #expect(answer[.cacheControl] == "public, max-age=0, must-revalidate")
    }

    @Test("fields= chooses members and their order")
    func fields() async throws {
        let forum = try await usersForum()
        #expect(
            try await forum.get("/api/users?fields=bio,id").text
                == #"[{"bio":"rows at dawn","id":1},{"bio":"builds boats","id":2}]"#
        )
        #expect(try await forum.get("/api/users/1?fields=id,email").status == 400)
    }

    @Test("an unknown id is 404, a malformed one 400")
    func unknown() async throws {
        let forum = try await usersForum()
        let missing = try await forum.get("/api/users/3")
        #expect(missing.status == 404)
        #expect(missing[.contentType] == "application/problem+json")
        #expect(try missing.member("detail") == #""user 3 does not exist""#)
        #expect(try missing.member("service") == #""users""#)
        for id in ["1abc", "abc", "0", "-1", "01", "9007199254740993", "1%20", "1.0"] {
            #expect(try await forum.get("/api/users/\(id)").status == 400, "\(id)")
        }
    }

    @Test("the lab's greetings are kept")
    func greetings() async throws {
        let forum = try await usersForum()
        let root = try await forum.get("/")
        #expect(root.text == "Ready to receive requests")
        #expect(root[.contentType] == "text/plain; charset=utf-8")
        #expect(try await forum.get("/api/").text == "API ready to receive requests")
        #expect(try await forum.get("/api").text == "API ready to receive requests")
    }

    @Test("a client that holds the tag gets 304, also of a list")
    func conditional() async throws {
        let forum = try await usersForum()
        for target in ["/api/users/1", "/api/users"] {
            let tag = try #require(try await forum.get(target)[.etag])
            let again = try await forum.get(target, [.ifNoneMatch: tag])
            #expect(again.status == 304)
            #expect(again[.etag] == tag)
            #expect(again.body.isEmpty)
        }
    }

    @Test("every change to a list changes its tag, wherever the new row goes")
    func listTag() async throws {
        let forum = try await usersForum()
        var tags = [try await forum.get("/api/users")[.etag]]
        for id in [10, 5, 11, 4] {
            _ = try await forum.bulk(
                "/api/users/bulk", [#"{"id":\#(id),"username":"user\#(id)"}"#])
            tags.append(try await forum.get("/api/users")[.etag])
        }
        #expect(Set(tags).count == tags.count)
    }

    @Test("HEAD, OPTIONS and other methods answer as the lab did, with the methods named")
    func methods() async throws {
        let forum = try await usersForum()
        let head = try await forum.send(.head, "/api/users/1")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head[.contentLength] == "\(try await forum.get("/api/users/1").body.count)")
        #expect(try await forum.send(.options, "/api/users").status == 204)
        #expect(try await forum.send(.options, "/api/users")[.allow] == "GET, HEAD, POST, OPTIONS")
        let put = try await forum.send(.put, "/api/users/1")
        #expect(put.status == 405)
        #expect(put[.allow] == "GET, HEAD, PATCH, DELETE, OPTIONS")
        #expect(try await forum.get("/api/users/1/").status == 200)
    }
}
