import Bytes
import Fixture
import HTTP
import MessagesAPI
import Outbox
import SQLite
import Testing
import TopicsAPI
import UsersAPI

@testable import MessagesService

@Suite("When an account is deleted")
struct CascadeTests {
    private static let thumb = "%F0%9F%91%8D"

    /// A forum in which 4, called jake, wrote, reacted, flagged and was mentioned.
    private func forum() async throws -> SignedForum {
        let forum = try SignedForum()
        try await forum.takeUser(4, "jake")
        try await forum.write("my secret", as: "4")
        _ = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"my new secret"}"#)
        try await forum.write("hello @jake", as: "5")
        _ = try await forum.send(
            .patch, "/api/posts/2", as: "5", match: "*", #"{"text":"well, hello @Jake!"}"#)
        _ = try await forum.send(.put, "/api/posts/2/reactions/\(Self.thumb)", as: "4")
        _ = try await forum.send(.put, "/api/posts/2/reactions/\(Self.thumb)", as: "6")
        _ = try await forum.send(
            .post, "/api/posts/2/flags", as: "4", #"{"reason":"other","note":"jake says"}"#)
        return forum
    }

    private func delete(_ mode: String, _ forum: SignedForum) async throws {
        let body = ByteString(#"{"id":4,"mode":"\#(mode)"}"#)
        try await forum.take(.fact("user.deleted", key: .number(4), body: body), from: "users")
        while try await forum.messages.continueChores() {}
    }

    private func done(_ forum: SignedForum) async throws -> [String] {
        try await forum.events().filter { $0.event.kind == "cascade.done" }.map(\.event.body.text)
    }

    @Test("keep changes nothing but who is shown, and says that it is done")
    func keep() async throws {
        let forum = try await forum()
        try await delete("keep", forum)
        #expect(try await forum.get("/api/posts/1").text.contains("my new secret"))
        #expect(try await forum.get("/api/posts/2").text.contains("@Jake"))
        #expect(try await done(forum) == [#"{"source":"posts","user":4}"#])
    }

    @Test("anonymize takes the name out of what others wrote, and of its history")
    func anonymize() async throws {
        let forum = try await forum()
        try await delete("anonymize", forum)
        #expect(try await forum.get("/api/posts/1").text.contains("my new secret"))
        let shown = try await forum.get("/api/posts/2")
        #expect(try shown.member("text") == #""well, hello @[deleted]!""#)
        #expect(try shown.member("mentions") == "[]")
        #expect(try shown.member("html")?.lowercased().contains("jake") == false)
        #expect(try shown.member("reactions") == #"[{"emoji":"👍","count":2}]"#)
        let history = try await forum.get("/api/posts/2/history?fields=text")
        #expect(!history.text.lowercased().contains("jake"))
        #expect(try await done(forum).count == 1)
    }

    @Test("erase leaves no text, no revision, no reaction and no note")
    func erase() async throws {
        let forum = try await forum()
        try await delete("erase", forum)
        let erased = try await forum.get("/api/posts/1")
        #expect(try erased.member("text") == #""[removed]""#)
        #expect(try erased.member("edits") == "0")
        #expect(!(try await forum.get("/api/posts/1/history").text.contains("secret")))
        #expect(
            try await forum.get("/api/posts/2").member("reactions")
                == #"[{"emoji":"👍","count":1}]"#)
        let flag = try await forum.get("/api/posts/flags/1", as: "9:moderator")
        #expect(try flag.member("note") == #""""#)
        #expect(try await done(forum).count == 1)
    }

    @Test("a second deletion, after a restore, is worked off and answered by its own number")
    func again() async throws {
        let forum = try await forum()
        func delete(job: Int) async throws {
            let body = ByteString(#"{"id":4,"mode":"anonymize","job":\#(job)}"#)
            try await forum.take(
                .fact("user.deleted", key: .text("4:\(job)"), body: body), from: "users")
            while try await forum.messages.continueChores() {}
        }
        try await delete(job: 3)
        try await forum.takeUser(4, "jake", version: 2)
        try await forum.write("welcome back, @jake", as: "5")
        try await delete(job: 3)
        #expect(try await forum.get("/api/posts/3").text.contains("@jake"))
        try await delete(job: 8)
        #expect(!(try await forum.get("/api/posts/3").text.contains("@jake")))
        let answers = [3, 8].map { #"{"source":"posts","user":4,"job":\#($0)}"# }
        #expect(try await done(forum) == answers)
    }

    @Test("more rows than fit a transaction are worked off in several, each of them whole")
    func chunks() async throws {
        let forum = try SignedForum()
        try await forum.store.write { transaction in
            for _ in 0..<1_201 {
                _ = try Messages.add(
                    NewMessage(thread: ID(1), text: "mine", user: ID(4)), transaction)
            }
        }
        let body = ByteString(#"{"id":4,"mode":"erase"}"#)
        try await forum.take(.fact("user.deleted", key: .number(4), body: body), from: "users")
        #expect(try await forum.messages.continueChores())
        let half = try await forum.get("/api/posts/500")
        #expect(half.text.contains("[removed]"))
        #expect(!(try await forum.get("/api/posts/501").text.contains("[removed]")))
        #expect(try await done(forum) == [])
        // The same fact again, as after a crash, begins nothing anew.
        try await forum.take(.fact("user.deleted", key: .number(4), body: body), from: "users")
        while try await forum.messages.continueChores() {}
        #expect(try await forum.get("/api/posts/1201").text.contains("[removed]"))
        #expect(try await done(forum).count == 1)
        #expect(try await forum.get("/api/posts/1").member("version") == "2")
    }
}
