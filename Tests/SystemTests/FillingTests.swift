import Fixture
import HTTP
import Testing

/// Seed and import against real services.
@Suite("Filling a forum", .serialized, .fewAtOnce, .timeLimit(.minutes(2)))
struct FillingTests {
    private static let lab = """
        {"users": [{"id": 1, "username": "ada", "name": "Ada", "bio": "counts"},
                   {"id": 2, "username": "grace", "name": "Grace", "bio": "compiles"}],
         "threads": [{"id": 1, "title": "On engines", "createdBy": 1}],
         "posts": [{"thread": 1, "text": "It weaves algebra.", "user": 1},
                   {"thread": 1, "text": "Does it?", "user": 2},
                   {"thread": 1, "text": "", "user": 2}]}
        """

    private func forum(
        _ words: [String], of forum: Forum, _ environment: [String: String] = [:]
    ) async throws -> (code: Int32?, said: String) {
        await Program.run(
            "forum", words + ["--data", forum.folder.file("data")], in: forum.folder,
            environment: environment)
    }

    @Test("an import says what it refused and why, and a second run adds nothing")
    func twice() async throws {
        let running = try await Forum()
        let path = running.folder.write("lab.json", Self.lab)
        let first = try await forum(["import", path], of: running)
        #expect(first.code == 65)
        #expect(first.said.contains("posts[2] (line 6): "))
        #expect(first.said.contains("/text"))
        #expect(first.said.contains("posts    2      0          1\n"))
        let second = try await forum(["import", path], of: running)
        #expect(second.code == 65)
        #expect(second.said.contains("users    0      2          0\n"))
        #expect(second.said.contains("posts    0      2          1\n"))
        let posts = await running.get("/api/posts/in-thread/1?fields=thread,text,user")
        #expect(
            posts?.text
                == #"[{"thread":1,"text":"It weaves algebra.","user":1},"#
                + #"{"thread":1,"text":"Does it?","user":2}]"#)
        #expect(await running.end() == 0)
    }

    @Test("a second seed adds nothing, and a forum of other people is left alone")
    func seed() async throws {
        let running = try await Forum(["--replicas", "messages=2"])
        let first = try await forum(["seed"], of: running)
        #expect(first.code == 0, "\(first.said)")
        #expect(first.said.contains(" steps taken, 0 had been taken before\n"))
        let again = try await forum(["seed"], of: running)
        #expect(again.code == 0)
        #expect(again.said.contains("seed: 0 steps taken, "))
        #expect(await running.end() == 0)
        let other = try await Forum(["--monolith"])
        let stranger = #"{"users": [{"id": 7, "username": "Dov", "name": "Somebody"}]}"#
        let path = other.folder.write("lab.json", stranger)
        _ = try await forum(["import", path], of: other)
        let refused = try await forum(["seed"], of: other)
        #expect(refused.code == 1)
        #expect(refused.said.contains("nothing added: 'dov' is somebody else here"))
        #expect(await other.get("/api/users?fields=id")?.text == #"[{"id":7}]"#)
        #expect(await other.end() == 0)
    }

    @Test("the wrong secret is refused with its own exit code")
    func secret() async throws {
        let running = try await Forum(["--monolith"])
        let path = running.folder.write("lab.json", Self.lab)
        let wrong = ["FORUM_ADMIN_SECRET": "not-the-right-secret"]
        let refused = try await forum(["import", path], of: running, wrong)
        #expect(refused.code == 77)
        #expect(await running.end() == 0)
    }

    @Test("without a running forum there is one line that says how to start one")
    func nobody() async throws {
        let folder = TemporaryFolder()
        let path = folder.write("lab.json", Self.lab)
        let (code, said) = await Program.run("forum", ["import", path], in: folder)
        #expect(code == 1)
        #expect(said.hasPrefix("forum import: no forum runs on the data folder .forum: start it"))
    }

    @Test("the registry shows every instance with its lease")
    func registry() async throws {
        let running = try await Forum(["--replicas", "messages=2"])
        let (code, said) = try await forum(["registry"], of: running)
        #expect(code == 0)
        for name in ["users-1", "topics-1", "messages-1", "messages-2"] {
            let row = said.split(separator: "\n").first { $0.contains(" \(name) ") }
            #expect(row?.contains("HEALTHY") == true, "\(name)")
        }
        #expect(await running.end() == 0)
    }
}
