import Bytes
import Fixture
import HTTP
import JSON
import Testing

/// Bodies that nobody means well with, through the gateway, at each of the services.
@Suite("Hostile bodies", .serialized, .fewAtOnce, .timeLimit(.minutes(5)), .inTown())
struct HostileTests {
    /// Where a text can be written: what stands before and after it.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let target: String
        let before: String
        let after: String
        /// The member of the answer that has the text, and how many characters it takes.
        let member: StaticString
        let characters: Int

        static let post = Place(
            testDescription: "a post", target: "/api/posts", before: #"{"thread":1,"text":""#,
            after: #""}"#, member: "text", characters: 32_000)
        static let thread = Place(
            testDescription: "a thread", target: "/api/threads", before: #"{"title":""#,
            after: #""}"#, member: "title", characters: 200)
        static let bio = Place(
            testDescription: "a profile", target: "/api/users/3", before: #"{"bio":""#,
            after: #""}"#, member: "bio", characters: 2_000)
        static let all = [post, thread, bio]

        func body(_ bytes: [UInt8]) -> ByteString {
            ByteString(Array(before.utf8) + bytes + Array(after.utf8))
        }
    }

    private func write(_ place: Place, _ bytes: ByteString) async throws -> Answer {
        let town = try Town.here
        guard place.target == "/api/users/3" else {
            return try await town.forum.send(.post, place.target, by: town.ada, bytes: bytes)
        }
        let etag = try await town.forum.get(place.target)[.etag] ?? ""
        return try await town.forum.send(
            .patch, place.target, by: town.ada, bytes: bytes, [.ifMatch: etag])
    }

    private static let kept: [String] = [
        "Robert'); DROP TABLE messages;--", "%' OR 1=1 --", "\\\" \\\\ \\/ \\n \\t",
        "👩‍👩‍👧‍👦 🇩🇪 e\u{301} \u{1f469}\u{1f3fd}", "\u{202e}desrever\u{202c} \u{200f}שלום\u{200e}",
        "\u{feff}\u{200b}\u{ad}\u{2028}\u{2029}", "zalgo: o\u{300}\u{301}\u{302}\u{303}\u{304}",
        "<script>alert(1)</script> &amp; <!-- -->", "\u{10ffff}\u{fffd}\u{e000}",
        "NEAR(a b) AND col:* \\\"unclosed",
    ]

    @Test("a text of any characters is kept as it was given", arguments: Place.all, kept)
    func keeps(_ place: Place, _ text: String) async throws {
        let body = place.body(Array(text.utf8))
        guard case .string(let meant) = try JSONValue.parse(body)[place.member] else {
            Issue.record("\(text) is no text in JSON")
            return
        }
        let answer = try await write(place, body)
        #expect([200, 201].contains(answer.status), "\(answer.text)")
        let said = try answer.string(place.member)
        #expect(Array(said.utf8) == Array(meant.utf8))
        let location = answer[.location] ?? place.target
        let read = try await Town.here.forum.get(location).string(place.member)
        #expect(Array(read.utf8) == Array(meant.utf8))
    }

    /// What is no Unicode, or has a NUL, is no text of a member: 422 with its pointer.
    private static let textless: [(String, [UInt8])] = [
        ("NUL, escaped", Array(#"a\u0000b"#.utf8)),
        ("a high surrogate alone", Array(#"abc\ud800"#.utf8)),
        ("a low surrogate alone", Array(#"abc\udc00x"#.utf8)),
        ("surrogates the wrong way round", Array(#"abc\udc00\ud800"#.utf8)),
        ("an encoded surrogate", [0x61, 0xed, 0xa0, 0x80]),
        ("an overlong slash", [0x61, 0xc0, 0xaf]), ("an overlong NUL", [0x61, 0xc0, 0x80]),
        ("an overlong slash of three bytes", [0x61, 0xe0, 0x80, 0xaf]),
        ("a character cut short", [0x61, 0xe2, 0x82]), ("a stray continuation", [0x61, 0x80]),
        ("a byte that is never UTF-8", [0x61, 0xff]),
        ("a character beyond the last", [0x61, 0xf4, 0x90, 0x80, 0x80]),
    ]

    /// What the grammar of JSON forbids: 400 with its byte.
    private static let formless: [(String, [UInt8])] = [
        ("NUL", [0x61, 0x00, 0x62]), ("a control character", [0x61, 0x1b]),
        ("a line feed, not escaped", [0x61, 0x0a, 0x62]),
        ("an unknown escape", Array(#"a\x00"#.utf8)),
    ]

    @Test("what is no text is refused, never mangled, never an error", arguments: Place.all)
    func refuses(_ place: Place) async throws {
        for (name, bytes) in Self.textless {
            let answer = try await write(place, place.body(bytes))
            #expect(answer.status == 422, "\(name): \(answer.text)")
            #expect(answer.text.contains("\"/\(place.member)\""), "\(name): \(answer.text)")
        }
        for (name, bytes) in Self.formless {
            let answer = try await write(place, place.body(bytes))
            #expect(answer.status == 400, "\(name): \(answer.text)")
            #expect(answer.problem == "malformed", "\(name): \(answer.text)")
        }
        let forum = try Town.here.forum
        #expect(await forum.status(.get, place.target) == 200)
    }

    @Test(
        "a text as long as may be is kept, and one character more is refused", arguments: Place.all)
    func length(_ place: Place) async throws {
        for character in ["x", "🦊"] {
            let most = String(repeating: character, count: place.characters)
            let kept = try await write(place, place.body(Array(most.utf8)))
            #expect([200, 201].contains(kept.status), "\(kept.text.prefix(300))")
            #expect(try kept.string(place.member) == most)
            let refused = try await write(place, place.body(Array((most + character).utf8)))
            #expect(refused.status == 422, "\(refused.text.prefix(300))")
            #expect(refused.text.contains(#""/\#(place.member)""#))
        }
    }

    @Test("a body as long as may be is read, and one byte more is refused", arguments: Place.all)
    func size(_ place: Place) async throws {
        let text = Array("A heron".utf8)
        let bytesMax = 1 << 20
        let short = place.body(text)
        let most = ByteString(
            short.array + [UInt8](repeating: 0x20, count: bytesMax - short.count))
        #expect([200, 201].contains(try await write(place, most).status))
        let refused = try await write(place, ByteString(most.array + [0x20]))
        #expect(refused.status == 413)
        #expect(refused.problem == "too-large", "\(refused.text)")
    }

    @Test("JSON that is none, or too deep, is refused", arguments: Place.all)
    func grammar(_ place: Place) async throws {
        let deep = String(repeating: "[", count: 100_000)
        for body in [
            "", "{", "[]", "null", "\"text\"", deep, #"{"a":\#(deep)"#,
            #"{"thread":1,"thread":2,"title":"aaa","title":"bbb","bio":"a","bio":"b"}"#,
        ] {
            let answer = try await write(place, ByteString(body))
            #expect([400, 415, 422].contains(answer.status), "\(body.prefix(40)): \(answer.text)")
        }
    }

    @Test("paths and queries of any bytes are answered, and no service ends")
    func paths() async throws {
        let forum = try Town.here.forum
        for list in ["users", "threads", "posts"] {
            for tail in [
                "/%00", "/%ff%fe", "/1%00", "/..%2f..%2fetc", "/%2e%2e/internal", "/9e99",
                "/18446744073709551617", "/-1", "/%F0%9F%A6%8A", "?limit=%00", "?after=%ff%ff",
                "?fields=%00", "?limit=99999999999999999999", "?after=AAAA",
                "/search?q=%00", "/search?q=%22", "/search?q=%ff", "/search?q=NEAR(%22",
                "/search?q=*", "/search?q=\(String(repeating: "a%20", count: 2_000))",
            ] {
                let status = await forum.status(.get, "/api/\(list)\(tail)") ?? 0
                #expect((200..<500).contains(status), "/api/\(list)\(tail.prefix(40)): \(status)")
            }
        }
        for service in forum.services {
            #expect(forum.program("\(service)-1").isRunning)
            #expect(!forum.program("\(service)-1").said.contains("a handler failed"))
        }
    }
}
