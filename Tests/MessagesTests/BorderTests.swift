import Bytes
import Fixture
import HTTP
import JSON
import Seeding
import Testing

@testable import MessagesService

/// Whatever becomes of threads and messages, nobody is shown what they may not read, and everybody
/// what they may. Each text has a word of its own, which must not be in any answer to others.
@Suite("Nothing crosses borders", .timeLimit(.minutes(5)))
struct BorderTests {
    @Test("not after any change, in any answer, for anybody", arguments: 0..<6)
    func walk(run: Int) async throws {
        var random = SeededRandom()
        let forum = try SignedForum()
        try await forum.followThreads()
        try await forum.takeUser(4, "ada")
        var world = BorderWorld()
        for thread in 1...4 { try await world.set(thread, forum, &random) }
        for step in 0..<60 {
            try await world.change(forum, &random)
            if step % 6 == 5 {
                // Some of what hangs on a change is worked off later, and nothing shows before.
                if Bool.random(using: &random) {
                    while try await forum.messages.continueChores() {}
                }
                for viewer in BorderWorld.viewers {
                    try await world.check(viewer, forum, "\(random), step \(step)")
                }
            }
        }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("what happens behind a border changes no tag before it")
    func tags() async throws {
        let forum = try SignedForum()
        try await forum.followThreads()
        try await forum.takeThread(1)
        try await forum.takeThread(2, #","visibility":"hidden""#)
        try await forum.write("open", in: 1, as: "4")
        try await forum.write("reply", in: 1, as: "4", replyTo: 1)
        let hidden = try await forum.write("whisper", in: 2, as: "9:moderator")
        #expect(try hidden.member("id") == "3")
        let lists = [
            "/api/posts", "/api/posts/by-user/4", "/api/posts/by-user/9", "/api/posts/in-thread/1",
            "/api/posts/in-thread/2", "/api/posts/1/replies", "/api/posts/1/context",
            "/api/posts/1",
            "/api/posts/search?q=whisper",
        ]
        func tags() async throws -> [String?] {
            var tags: [String?] = []
            for list in lists { tags.append(try await forum.get(list, as: "5")[.etag]) }
            return tags
        }
        let before = try await tags()
        let moderator = "9:moderator"
        try await forum.write("another whisper", in: 2, as: moderator, replyTo: 3)
        _ = try await forum.send(
            .patch, "/api/posts/3", as: moderator, match: "*", #"{"text":"louder"}"#)
        _ = try await forum.send(.put, "/api/posts/3/reactions/%F0%9F%91%8D", as: moderator)
        _ = try await forum.send(.delete, "/api/posts/3", as: moderator)
        _ = try await forum.send(.post, "/api/posts/3/restore", as: moderator)
        try await forum.takeThread(2, version: 2, #","visibility":"hidden","locked":true"#)
        #expect(try await tags() == before)
        let unknown = try await forum.get("/api/posts/in-thread/77", as: "5")[.etag]
        #expect(before[4] == unknown)
        let user = try await forum.get("/api/posts/by-user/77", as: "5")[.etag]
        #expect(before[2] == user)
    }

    @Test("a post keeps no trace of what it answered or quoted once that is hidden")
    func traces() async throws {
        let forum = try SignedForum()
        try await forum.takeThread(1)
        try await forum.takeThread(2)
        try await forum.write("first", in: 1, as: "4")
        try await forum.write("quoted", in: 2, as: "7")
        let text = "> [quote post=2]\n\nindeed"
        let made = try await forum.write(text, in: 1, as: "5", replyTo: 1)
        #expect(try made.member("quotes") == #"[{"post":2,"user":7}]"#)
        let shown = try await forum.get("/api/posts/3")
        #expect(try shown.member("replyTo") != nil)
        try await forum.takeThread(2, version: 2, #","visibility":"hidden""#)
        _ = try await forum.send(.delete, "/api/posts/1", as: "4")
        let later = try await forum.get("/api/posts/3")
        #expect(try later.member("quotes") == "[]")
        #expect(try later.member("replyTo") == nil)
        #expect(later[.etag] != shown[.etag])
        let moderator = try await forum.get("/api/posts/3", as: "9:moderator")
        #expect(try moderator.member("quotes") == #"[{"post":2,"user":7}]"#)
        #expect(try moderator.member("replyTo") != nil)
    }

    @Test("a reply that is moved answers nothing there, and is not counted here")
    func moved() async throws {
        let forum = try SignedForum()
        try await forum.takeThread(1)
        try await forum.takeThread(2, #","visibility":"hidden""#)
        try await forum.write("question", in: 1, as: "4")
        try await forum.write("answer", in: 1, as: "5", replyTo: 1)
        try await forum.write("thanks", in: 1, as: "4", replyTo: 2)
        _ = try await forum.send(
            .post, "/api/posts/2/move", as: "9:moderator", #"{"thread":2}"#)
        #expect(try await forum.get("/api/posts/1").member("replyCount") == "0")
        #expect(try await forum.get("/api/posts/1/replies").text == "[]")
        #expect(try await forum.get("/api/posts/3").member("replyTo") == nil)
        let moved = try await forum.get("/api/posts/2", as: "9:moderator")
        #expect(try moved.member("replyTo") == nil)
        #expect(try moved.member("replyCount") == "0")
    }

    @Test("posting in a hidden thread is answered as posting in none, also while nobody can say")
    func posting() async throws {
        for isUp in [true, false] {
            let forum = try SignedForum(probe: { thread, _ in
                guard isUp else { return .unreachable }
                if thread.rawValue == 3 { return .unknown }
                return .found(
                    ThreadCard(id: thread, version: 1, title: "x", visibility: .hidden))
            })
            try await forum.takeThread(2, #","visibility":"hidden""#)
            let hidden = try await forum.write("x", in: 2, as: "4")
            let unknown = try await forum.write("x", in: 3, as: "4")
            #expect(hidden.status == (isUp ? 404 : 503))
            #expect(hidden.text.replacing("thread 2", with: "thread 3") == unknown.text)
        }
    }
}
