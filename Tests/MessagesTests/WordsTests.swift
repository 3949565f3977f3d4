import Bytes
import Fixture
import HTTP
import MessagesAPI
import Records
import Testing
import TopicsAPI
import UsersAPI

@testable import MessagesService

@Suite("People and words")
struct WordsTests {
    @Test("an author is shown by a card, unknown until it comes, and a rename defeats a 304")
    func authors() async throws {
        let forum = try SignedForum()
        try await forum.write("hello", as: "4")
        let unknown = try await forum.get("/api/posts/1")
        #expect(
            try unknown.member("author") == #"{"id":4,"username":"user-4","name":"user-4","#
                + #""avatar":"/api/users/4/avatar","state":"unknown"}"#)
        try await forum.takeUser(4, "jake")
        let known = try await forum.get("/api/posts/1")
        #expect(try known.member("author")?.contains(#""username":"jake""#) == true)
        #expect(known[.etag] == #""p1.1~u4.1""#)
        try await forum.takeUser(4, "james", version: 2)
        let list = try await forum.get("/api/posts/in-thread/1")
        #expect(list.text.contains(#""username":"james""#))
        let held = try await forum.send(.get, "/api/posts/1", noneMatch: known[.etag])
        #expect(held.status == 200)
        let edit = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: known[.etag], #"{"text":"bye"}"#)
        #expect(edit.status == 200)
    }

    @Test("a deleted account is a ghost, and its number stays")
    func ghost() async throws {
        let forum = try SignedForum()
        try await forum.write("hello", as: "4")
        try await forum.write("hi", as: "5", replyTo: 1)
        try await forum.takeUser(4, "jake", version: 3, state: .deleted)
        let shown = try await forum.get("/api/posts/2")
        #expect(shown.text.contains(#""replyTo":{"id":1,"author":{"id":4,"username":"[deleted]""#))
        #expect(try await forum.get("/api/posts/1").member("user") == "4")
    }

    @Test("people who are mentioned are found by their names, and find what mentions them")
    func mentions() async throws {
        let forum = try SignedForum()
        try await forum.takeUser(7, "finn")
        let made = try await forum.write("ask *@Finn* or @nobody", as: "4")
        #expect(try made.member("mentions") == "[7]")
        #expect(
            try made.member("html")?.contains(#"<a href=\"/api/users/7\" class=\"mention\">"#)
                == true)
        let mine = try await forum.get("/api/posts/mentions?fields=id", as: "7")
        #expect(mine.text == #"[{"id":1}]"#)
        _ = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"ask anybody"}"#)
        #expect(try await forum.get("/api/posts/mentions", as: "7").text == "[]")
        #expect(try await forum.get("/api/posts/1").member("mentions") == "[]")
        #expect(try await forum.get("/api/posts/mentions").status == 401)
    }

    @Test("a quote names the author, unless the post is not everybody's")
    func quotes() async throws {
        let forum = try SignedForum()
        try await forum.takeThread(1)
        try await forum.takeThread(2, #","visibility":"hidden""#)
        try await forum.write("one", in: 1, as: "4")
        try await forum.write("two", in: 2, as: "9:moderator")
        let made = try await forum.write(
            "> [quote post=1]\n> one\n\n> [quote post=2]\n> two\n\nyes", in: 1, as: "5")
        #expect(try made.member("quotes") == #"[{"post":1,"user":4}]"#)
    }

    @Test("a preview is what a post would be, and is kept by nobody")
    func preview() async throws {
        let forum = try SignedForum()
        try await forum.takeUser(7, "finn")
        let body = #"{"text":"**hi** @finn [x](javascript:alert)"}"#
        let shown = try await forum.send(.post, "/api/posts/preview", as: "4", body)
        #expect(shown.status == 200)
        #expect(try shown.member("html")?.contains("<strong>hi</strong>") == true)
        #expect(try shown.member("mentions") == "[7]")
        #expect(try shown.member("warnings")?.contains("address-refused") == true)
        #expect(try await forum.get("/api/posts").text == "[]")
        #expect(try await forum.send(.post, "/api/posts/preview", body).status == 401)
    }

    @Test("a post that was loaded in bulk has its HTML made when it is read")
    func lazy() async throws {
        let forum = try messagesForum()
        _ = try await forum.bulk("/api/posts/bulk", [post(1, "**bold** @finn", 4)])
        let shown = try await forum.get("/api/posts/1")
        #expect(try shown.member("html")?.contains("<strong>bold</strong>") == true)
        #expect(try shown.member("mentions") == "[]")
    }

    @Test("what was loaded in bulk is interpreted later, once, and is then as if it were posted")
    func interpreted() async throws {
        let forum = try SignedForum()
        try await forum.takeUser(7, "finn")
        _ = try await MessageLoader(store: forum.store).load(
            (1...450).map { number in
                let text = number == 300 ? "dear @finn" : "text \(number)"
                return MessageLine(new: NewMessage(thread: ID(1), text: text, user: ID(4)))
            })
        let before = try await forum.get("/api/posts/300")
        #expect(try before.member("mentions") == "[]")
        var turns = 0
        while try await forum.messages.continueChores() { turns += 1 }
        #expect(turns == 3)
        let after = try await forum.get("/api/posts/300")
        #expect(try after.member("mentions") == "[7]")
        #expect(try after.member("version") == "1")
        #expect(after[.etag] != before[.etag])
        let plain = try await forum.get("/api/posts/450")
        #expect(try plain.member("html") == #""<p>text 450</p>\n""#)
        #expect(!(try await forum.messages.continueChores()))
    }

    @Test("a mentioned name goes whatever its case, and longer names stay")
    func erasedName() throws {
        let html = #"<p><a href="/api/users/7" class="mention">@Finn</a></p>"#
        let name = try #require(MentionedName(of: 7, in: html))
        #expect(
            name.erased(from: "@finn, @FINN. @finnegan é@finn")
                == "@[deleted], @[deleted]. @finnegan é@[deleted]")
        #expect(MentionedName(of: 8, in: html) == nil)
    }
}
