import Bytes
import Fixture
import HTTP
import JSON
import Testing

@Suite("Hostile texts of users", .timeLimit(.minutes(5)))
struct HostileTextTests {
    private func member(_ answer: Answer, _ name: StaticString) throws -> String? {
        guard case .string(let text)? = try answer.json[name] else { return nil }
        return text
    }

    @Test("are kept byte for byte in every field of a profile, or refused with 422")
    func profile() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let alma = try await forum.signIn("alma")
        for hostile in HostileTexts.kept {
            let text = JSONText.string(hostile)
            for field in ["name", "bio", "location", "signature"] as [StaticString] {
                let edited = try await forum.send(
                    .patch, "/api/users/1", as: alma.access, match: "*",
                    body: "{\"\(field)\":\(text)}")
                if edited.status == 422 { continue }
                #expect(edited.status == 200, "\(field): \(hostile)")
                let read = try await forum.get("/api/users/1")
                let kept = try member(read, field)
                #expect(kept?.utf8.elementsEqual(hostile.utf8) == true, "\(field): \(hostile)")
            }
            let bio = try await forum.send(
                .patch, "/api/users/1", as: alma.access, match: "*", body: "{\"bio\":\(text)}")
            #expect(bio.status == 200, "\(hostile)")
            for field in ["website", "email"] {
                let edited = try await forum.send(
                    .patch, "/api/users/1", as: alma.access, match: "*",
                    body: "{\"\(field)\":\(text)}")
                #expect(edited.status == 422, "\(field): \(hostile)")
            }
        }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("are no usernames, and no reason to fail for who looks for one")
    func usernames() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        for hostile in HostileTexts.kept
        where hostile != "null" && hostile != "-0"
            && hostile != "1e999"
        {
            let body =
                #"{"username":\#(JSONText.string(hostile)),"password":"correct horse 7"}"#
            let made = try await forum.send(.post, "/api/users", body: body)
            #expect(made.status == 422, "\(hostile)")
            let session = try await forum.send(.post, "/api/users/sessions", body: body)
            #expect(session.status == 401, "\(hostile)")
            let escaped = hostile.utf8.map { byte in
                "%" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
            }.joined()
            for target in ["by-name/\(escaped)", "search?q=\(escaped)"] {
                let found = try await forum.get("/api/users/\(target)")
                #expect([200, 400, 404].contains(found.status), "\(target)")
                #expect(!found.text.contains("alma"))
            }
            let listed = try await forum.get("/api/users?q=\(escaped)")
            #expect(listed.text == "[]" || listed.status == 400, "\(hostile)")
        }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("that are no texts are refused everywhere, and nothing is kept of them")
    func refused() async throws {
        let forum = try AccountsForum()
        try await forum.register("alma")
        let alma = try await forum.signIn("alma")
        let before = try await forum.get("/api/users/1").text
        for bytes in HostileTexts.refused {
            for field in ["name", "bio", "location", "website", "signature", "email"] {
                let edited = try await forum.send(
                    .patch, "/api/users/1", as: alma.access,
                    bytes: Array("{\"\(field)\":".utf8) + bytes + [0x7d])
                #expect(edited.status == 422, "\(field): \(bytes)")
            }
            for (field, other) in [
                ("username", #""password":"correct horse 8""#), ("password", #""username":"bo""#),
            ] {
                let made = try await forum.send(
                    .post, "/api/users", as: alma.access,
                    bytes: Array("{\(other),\"\(field)\":".utf8) + bytes + [0x7d])
                #expect(made.status == 422, "\(field): \(bytes)")
            }
        }
        #expect(try await forum.get("/api/users/1").text == before)
        #expect(forum.unexpectedErrors == [])
    }
}
