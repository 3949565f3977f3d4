import Bytes
import Fixture
import HTTP
import Outbox
import Testing

@Suite("Hostile texts")
struct HostileTextTests {
    private static let texts = [
        "Robert'); DROP TABLE topics;--", "\" OR 1=1 --", "%_\\%' LIKE", "x' UNION SELECT 1",
        "👩‍👩‍👧‍👦 family and 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\u{202e}right to left\u{202c} \u{2066}isolated\u{2069}",
        "مرحبا بالعالم", "e\u{301}\u{327}\u{308}\u{20dd} combined",
        "Zalgo \u{335}\u{336}\u{337}\u{338}",
        "\u{feff}byte order", "\u{fffd}\u{ffff} at the edge", "a\u{200d}\u{200b}b zero width",
        "<script>alert(1)</script>", "{{7*7}} ${jndi:x}", "\u{10ffff} last", "tab\tand\nline",
    ]

    private func json(_ text: String) -> String { JSONText.string(text) }

    @Test("titles and opening texts are kept as they were given", arguments: texts)
    func kept(text: String) async throws {
        let forum = try TopicsForum()
        let body = #"{"title":\#(json(text)),"text":\#(json(text))}"#
        let answer = try await forum.send(.post, "/api/threads", as: "finn", body)
        #expect(answer.status == 201, "\(answer.text)")
        #expect(try answer.member("title") == json(text))
        let shown = try await forum.get("/api/threads/1")
        #expect(try shown.member("title") == json(text))
        #expect(
            try await forum.get("/api/threads?fields=title").text == "[{\"title\":\(json(text))}]")
        #expect(try await forum.events()[1].body.text.contains(#""text":\#(json(text))"#))
        #expect(forum.unexpectedErrors == [])
    }

    @Test("names of categories are kept as they were given", arguments: texts)
    func categories(text: String) async throws {
        let forum = try TopicsForum()
        let answer = try await forum.send(
            .post, "/api/threads/categories", as: "simon",
            #"{"name":\#(json(text)),"slug":"hostile","description":\#(json(text))}"#)
        #expect(answer.status == 201, "\(answer.text)")
        let shown = try await forum.get("/api/threads/categories/hostile")
        #expect(try shown.member("name") == json(text))
        #expect(try shown.member("description") == json(text))
    }

    @Test("a tag is kept or refused, never changed", arguments: texts)
    func tags(text: String) async throws {
        let forum = try TopicsForum()
        let answer = try await forum.send(
            .post, "/api/threads", as: "finn", #"{"title":"Fine","tags":[\#(json(text))]}"#)
        #expect([201, 422].contains(answer.status))
        let escaped = text.utf8.map { "%" + String(Int($0) + 256, radix: 16).suffix(2) }.joined()
        for target in ["/api/threads?tag=", "/api/threads/search?q=", "/api/threads/tags?q="] {
            let list = try await forum.get(target + escaped)
            #expect([200, 422].contains(list.status), "\(target): \(list.text)")
        }
        #expect(try await forum.get("/api/threads/tags/\(escaped)/x").status == 404)
        #expect(forum.unexpectedErrors == [])
    }

    @Test(
        "what is no text is refused, and nothing comes of it",
        arguments: [#"\ud800"#, #"\udc00\ud800"#, #"\u0000"#, #"ab\u0000cd"#])
    func escapes(escape: String) async throws {
        let forum = try TopicsForum()
        for body in [
            #"{"title":"abc\#(escape)"}"#, #"{"title":"abc","text":"abc\#(escape)"}"#,
            #"{"title":"abc","tags":["abc\#(escape)"]}"#,
        ] {
            let answer = try await forum.send(.post, "/api/threads", as: "finn", body)
            #expect(answer.status == 422, "\(answer.text)")
            let code = escape.contains("0000") ? "contains-nul" : "not-unicode"
            #expect(answer.text.contains(code), "\(answer.text)")
        }
        #expect(try await forum.get("/api/threads").text == "[]")
        #expect(forum.unexpectedErrors == [])
    }

    @Test(
        "bytes that are no UTF-8 are refused, and nothing comes of them",
        arguments: [
            [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xf0, 0x80, 0x80, 0x80], [0xff],
            [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82],
        ] as [[UInt8]])
    func bytes(bytes: [UInt8]) async throws {
        let forum = try TopicsForum()
        let body = ByteString(Array(#"{"title":"abc"#.utf8) + bytes + Array(#""}"#.utf8))
        let answer = try await forum.send(.post, "/api/threads", as: "finn", bytes: body)
        #expect(answer.status == 422, "\(answer.text)")
        #expect(try await forum.get("/api/threads").text == "[]")
    }
}
