import Bytes
import Fixture
import HTTP
import Outbox
import Testing

@Suite("Moderators of one category")
struct CategoryModeratorTests {
    /// Jake keeps order in the sea, thread 1 is in it, thread 2 is not.
    private func forum() async throws -> TopicsForum {
        let forum = try TopicsForum()
        _ = try await forum.send(
            .post, "/api/threads/categories", as: "simon", #"{"name":"Sea","moderators":[4]}"#)
        try await forum.start("Waves", as: "finn", #","category":2"#)
        try await forum.start("Hills", as: "finn")
        return forum
    }

    @Test("they lock, pin, edit, delete and restore there, and nowhere else")
    func rights() async throws {
        let forum = try await forum()
        for (id, status) in [(1, 200), (2, 403)] {
            let path = "/api/threads/\(id)"
            let pin = #"{"scope":"category"}"#
            #expect(try await forum.send(.put, "\(path)/lock", as: "jake").status == status)
            #expect(try await forum.send(.delete, "\(path)/lock", as: "jake").status == status)
            #expect(try await forum.send(.put, "\(path)/pin", as: "jake", pin).status == status)
            let tag = try #require(try await forum.get(path)[.etag])
            let edit = try await forum.send(
                .patch, path, as: "jake", #"{"title":"Renamed"}"#, match: tag)
            #expect(edit.status == status)
            #expect(try await forum.send(.delete, path, as: "jake").status == status)
        }
        #expect(try await forum.send(.post, "/api/threads/1/restore", as: "jake").status == 200)
        let me = try await forum.get("/api/threads/1", as: "jake").member("me")
        #expect(me?.contains(#""canModerate":true"#) == true)
        let global = try await forum.send(
            .put, "/api/threads/1/pin", as: "jake", #"{"scope":"global"}"#)
        #expect(global.status == 403)
    }

    @Test("they move a thread out of their category, and have no more to say then")
    func moved() async throws {
        let forum = try await forum()
        let tag = try #require(try await forum.get("/api/threads/1")[.etag])
        let move = try await forum.send(
            .patch, "/api/threads/1", as: "jake", #"{"category":1}"#, match: tag)
        #expect(move.status == 200)
        #expect(try await forum.send(.put, "/api/threads/1/lock", as: "jake").status == 403)
    }

    @Test("the others are told who they are, with each thread and again when they change")
    func told() async throws {
        let forum = try await forum()
        #expect(try await forum.events()[0].body.text.contains(#""moderators":[4]"#))
        #expect(try await forum.events()[1].body.text.contains(#""moderators":[]"#))
        let path = "/api/threads/categories/sea"
        let tag = try #require(try await forum.get(path)[.etag])
        #expect(
            try await forum.send(
                .patch, path, as: "jake", #"{"moderators":[4,5]}"#, match: tag
            ).status == 403)
        let change = try await forum.send(
            .patch, path, as: "simon", #"{"moderators":[3,9]}"#, match: tag)
        #expect(change.status == 200)
        let last = try await forum.events().last
        #expect(last?.key.number == 1)
        #expect(last?.body.text.contains(#""moderators":[3,9]"#) == true)
        #expect(try await forum.send(.put, "/api/threads/1/lock", as: "jake").status == 403)
        #expect(try await forum.send(.put, "/api/threads/1/lock", as: "finn").status == 200)
    }
}
