import Bytes
import Fixture
import HTTP
import JSON
import SQLite
import Search
import Testing

@testable import MessagesService

@Suite("Hostile texts", .timeLimit(.minutes(5)))
struct HostileTextTests {
    private func text(_ answer: Answer) throws -> String? {
        guard case .string(let text)? = try answer.json["text"] else { return nil }
        return text
    }

    @Test("are kept byte for byte, in posts, edits and histories")
    func kept() async throws {
        let forum = try SignedForum()
        for (index, hostile) in HostileTexts.kept.enumerated() {
            let id = index + 1
            let made = try await forum.write(hostile, as: "4")
            #expect(made.status == 201, "\(hostile)")
            let read = try await forum.get("/api/posts/\(id)")
            #expect(try text(read)?.utf8.elementsEqual(hostile.utf8) == true, "\(hostile)")
            let edited = try await forum.send(
                .patch, "/api/posts/\(id)", as: "4", match: "*",
                #"{"text":\#(JSONText.string("edited " + hostile))}"#)
            #expect(edited.status == 200)
            let first = try await forum.get("/api/posts/\(id)/history/1")
            #expect(try text(first)?.utf8.elementsEqual(hostile.utf8) == true)
            let card = try await forum.get("/api/posts/\(id)?view=card")
            #expect(card.status == 200)
        }
        try await forum.store.write { try $0.run(SearchIndex.check) }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("that are no texts are refused, and nothing is kept of them")
    func refused() async throws {
        let forum = try SignedForum()
        try await forum.write("text", as: "4")
        for bytes in HostileTexts.refused {
            let made = try await forum.send(
                .post, "/api/posts", as: "4",
                bytes: Array(#"{"thread":1,"text":"#.utf8) + bytes + [0x7d])
            #expect(made.status == 422, "\(bytes)")
            let edited = try await forum.send(
                .patch, "/api/posts/1", as: "4", bytes: Array(#"{"text":"#.utf8) + bytes + [0x7d])
            #expect(edited.status == 422, "\(bytes)")
            let flag = try await forum.send(
                .post, "/api/posts/1/flags", as: "5",
                bytes: Array(#"{"reason":"other","note":"#.utf8) + bytes + [0x7d])
            #expect(flag.status == 422, "\(bytes)")
        }
        #expect(
            try await forum.get("/api/posts?fields=id,version").text == #"[{"id":1,"version":1}]"#)
        #expect(forum.unexpectedErrors == [])
    }

    @Test("of 32 000 characters are kept, of one more are refused, whatever a character is made of")
    func longest() async throws {
        let forum = try SignedForum()
        for character in ["x", "é", "𝕳", "\"", "\\", "<", "\u{1}"] {
            let most = String(repeating: character, count: 32_000)
            let made = try await forum.write(most, as: "4")
            #expect(made.status == 201, "\(character)")
            #expect(try text(made)?.utf8.elementsEqual(most.utf8) == true)
            #expect(try await forum.write(most + character, as: "4").status == 422)
        }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("find or are refused as a search, and never more than that")
    func searched() async throws {
        let forum = try SignedForum()
        for hostile in HostileTexts.kept { try await forum.write(hostile + " needle", as: "4") }
        let allowed = Set(
            (UInt8(ascii: "a")...UInt8(ascii: "z")).map(\.self)
                + (UInt8(ascii: "0")...UInt8(ascii: "9")).map(\.self))
        for hostile in HostileTexts.kept {
            let query = hostile.utf8.map { byte in
                allowed.contains(byte)
                    ? String(UnicodeScalar(byte))
                    : "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
            for more in ["", "&thread=1", "&user=4&before=2027-01-01T00:00:00Z"] {
                let answer = try await forum.get("/api/posts/search?q=\(query)\(more)")
                #expect([200, 422].contains(answer.status), "\(hostile)")
            }
        }
        for query in ["%00", "%c0%af", "%ff", "%ed%a0%80"] {
            let answer = try await forum.get("/api/posts/search?q=\(query)")
            #expect([400, 422].contains(answer.status), "\(query): \(answer.status)")
        }
        #expect(forum.unexpectedErrors == [])
    }
}
