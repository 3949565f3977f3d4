import Fixture
import HTTP
import JSON
import Seeding
import Testing

@Suite("Erasing an account", .timeLimit(.minutes(5)))
struct ErasureTests {
    /// What the victim is called and writes: words that stand nowhere else.
    private struct Marks {
        let all: [String]
        var username: String { all[0] }
        var renamed: String { all[1] }
        var text: String { all[2] }

        init(_ random: inout SeededRandom) {
            all = (0..<7).map { _ in
                "q" + random.text(from: "bcdfghjkmnprstvwxz", count: 12...14)
            }
        }
    }

    private func id(_ answer: Answer) throws -> Int64 {
        guard case .integer(let id)? = try answer.json["id"] else { throw Refused(answer) }
        return id
    }

    private struct Refused: Error, CustomStringConvertible {
        let description: String
        init(_ answer: Answer) { description = "\(answer.status) \(answer.text)" }
    }

    private func signIn(_ name: String, _ forum: ThreeStores) async throws -> String {
        let answer = try await forum.send(
            .post, "/api/users/sessions",
            #"{"username":"\#(name)","password":"correct horse 7"}"#)
        guard case .string(let token)? = try answer.json["accessToken"] else {
            throw Refused(answer)
        }
        return token
    }

    private func register(
        _ name: String, _ forum: ThreeStores, _ more: String = ""
    ) async throws -> Int64 {
        try id(
            await forum.send(
                .post, "/api/users", key: "register-\(name.count)",
                #"{"username":"\#(name)","password":"correct horse 7"\#(more)}"#))
    }

    /// The victim and others do what members do, in a random order.
    private func live(
        _ forum: ThreeStores, _ marks: Marks, _ victim: String, called name: String,
        _ other: String, _ random: inout SeededRandom
    ) async throws {
        var posts = 2
        for step in 0..<50 {
            let post = Int.random(in: 1...posts, using: &random)
            let key = Bool.random(using: &random) ? "step-\(step)" : nil
            switch Int.random(in: 0..<9, using: &random) {
            case 0:
                let title = "\(marks.all[3]) asks \(step)"
                _ = try await forum.send(
                    .post, "/api/threads", as: victim, key: key,
                    #"{"title":"\#(title)","text":"\#(marks.text) opens"}"#)
            case 1, 2:
                let answer = try await forum.send(
                    .post, "/api/posts", as: victim, key: key,
                    #"{"thread":1,"text":"says \#(marks.text) number \#(step)"}"#)
                if answer.status == 201 { posts += 1 }
            case 3:
                let answer = try await forum.send(
                    .post, "/api/posts", as: other,
                    #"{"thread":1,"text":"hello @\#(name), are you there?"}"#)
                if answer.status == 201 { posts += 1 }
            case 4:
                _ = try await forum.send(
                    .patch, "/api/posts/\(post)", as: victim,
                    #"{"text":"\#(marks.text) again \#(step)","reason":"\#(marks.all[4])"}"#)
            case 5:
                _ = try await forum.send(
                    .put, "/api/posts/\(post)/reactions/%F0%9F%91%8D", as: victim)
            case 6:
                _ = try await forum.send(
                    .post, "/api/posts/\(post)/flags", as: victim, key: key,
                    #"{"reason":"other","note":"\#(marks.all[5])"}"#)
            case 7:
                _ = try await forum.send(
                    .delete, "/api/posts/\(post)", as: victim, #"{"reason":"\#(marks.all[4])"}"#)
            default: try await forum.settle()
            }
        }
    }

    @Test(
        "leaves no byte of who it was and what it wrote in any of the three files", arguments: 0..<4
    )
    func erased(run: Int) async throws {
        var random = SeededRandom()
        let forum = try ThreeStores()
        let marks = Marks(&random)
        _ = try await register("root", forum, #","invite":"\#(ThreeStores.setup)""#)
        let admin = try await signIn("root", forum)
        let user = try await register(
            marks.username, forum,
            #","name":"\#(marks.all[6])","email":"\#(marks.all[6])@example.org","bio":"\#(marks.text)""#
        )
        _ = try await register("other", forum)
        let (victim, other) = (
            try await signIn(marks.username, forum), try await signIn("other", forum)
        )
        try await forum.settle()
        for title in ["a thread", "another thread"] {
            let made = try await forum.send(
                .post, "/api/threads", as: other, #"{"title":"\#(title)","text":"begins"}"#)
            #expect(made.status == 201, "\(made.text)")
        }
        try await forum.settle()
        try await live(forum, marks, victim, called: marks.username, other, &random)
        _ = try await forum.send(
            .put, "/api/users/\(user)/username", as: victim, #"{"username":"\#(marks.renamed)"}"#)
        try await forum.settle()
        try await live(forum, marks, victim, called: marks.renamed, other, &random)

        let gone = try await forum.send(.delete, "/api/users/\(user)?content=erase", as: admin)
        #expect(gone.status == 202)
        try await forum.settle()
        let job = try await forum.send(.get, "/api/users/jobs/j_1", as: admin)
        #expect(try job.member("state") == #""done""#, "\(random)")
        #expect(forum.unexpectedErrors == [], "\(random)")
        for (name, bytes) in await forum.end() {
            #expect(bytes.count > 10_000)
            for mark in marks.all + ["@example.org"] {
                let found = excerpt(around: mark, in: bytes)
                #expect(found == nil, "\(name), \(random)")
            }
        }
    }

    /// Where `word` stands, with what surrounds it; nil if it does not.
    private func excerpt(around word: String, in bytes: [UInt8]) -> String? {
        guard let place = bytes.firstRange(of: Array(word.utf8)) else { return nil }
        let piece = bytes[max(0, place.lowerBound - 60)..<min(bytes.count, place.upperBound + 40)]
        let shown = piece.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: ".") }
        return String(decoding: shown, as: UTF8.self)
    }
}
