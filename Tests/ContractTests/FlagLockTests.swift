import Fixture
import HTTP
import JSON
import Testing

@Suite("A flag that locks", .timeLimit(.minutes(5)))
struct FlagLockTests {
    private func account(
        _ name: String, _ forum: ThreeStores, _ more: String = ""
    ) async throws -> String {
        let account = #""username":"\#(name)","password":"correct horse 7""#
        _ = try await forum.send(.post, "/api/users", "{\(account)\(more)}")
        let answer = try await forum.send(.post, "/api/users/sessions", "{\(account)}")
        guard case .string(let token)? = try answer.json["accessToken"] else { return "" }
        return token
    }

    @Test("goes from the post to its thread and back, and counts are told to users")
    func locked() async throws {
        let forum = try ThreeStores()
        let admin = try await account("root", forum, #","invite":"\#(ThreeStores.setup)""#)
        let ada = try await account("ada", forum)
        try await forum.settle()
        _ = try await forum.send(
            .post, "/api/threads", as: ada, #"{"title":"a thread","text":"first"}"#)
        try await forum.settle()
        let post = try await forum.send(
            .post, "/api/posts", as: ada, #"{"thread":1,"text":"buy!"}"#)
        #expect(post.status == 201)
        _ = try await forum.send(.put, "/api/posts/2/reactions/%F0%9F%91%8D", as: admin)
        _ = try await forum.send(.post, "/api/posts/2/flags", as: admin, #"{"reason":"spam"}"#)
        let decided = try await forum.send(
            .patch, "/api/posts/flags/1", as: admin, #"{"state":"accepted","action":"lock"}"#)
        #expect(decided.status == 200)
        try await forum.settle()
        let thread = try await forum.send(.get, "/api/threads/1")
        #expect(try thread.member("locked") == "true")
        let late = try await forum.send(.post, "/api/posts", as: ada, #"{"thread":1,"text":"x"}"#)
        #expect(late.status == 423)
        let user = try await forum.send(
            .get, "/api/users/2?fields=threadCount,postCount,reactionsReceived")
        #expect(user.text == #"{"threadCount":1,"postCount":2,"reactionsReceived":1}"#)
        #expect(forum.unexpectedErrors == [])
        _ = await forum.end()
    }
}
