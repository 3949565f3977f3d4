import Curl
import Fixture
import Foundation
import Identity
import Testing

@testable import Stack

@Suite("Importing a file")
struct ImportTests {
    private let folder = TemporaryFolder()

    private func target(_ url: String, secret: String = BulkServer.secret) throws -> ForumTarget {
        try ForumTarget(to: url, data: folder.path, secretText: secret)
    }

    /// The exit code, and everything that was said.
    private func run(
        _ text: String, to target: ForumTarget
    ) async -> (code: Int32, said: String) {
        let log = open(folder.file("log"), O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer { close(log) }
        let console = Console(output: log, errors: log)
        let path = folder.write("lab.json", text)
        let code = await ImportCommand(path: path, target, console).run()
        return (code, folder.read("log") ?? "")
    }

    private static let lab = """
        {"posts": [{"thread": 1, "text": "a", "user": 1}, {"thread": 1, "text": "b", "user": 2}],
         "users": [{"id": 1, "username": "ada"}], "threads": [{"id": 1}]}
        """

    @Test("each section is a request of its own, in the order of the file")
    func sections() async throws {
        let server = try await BulkServer()
        let result = await run(Self.lab, to: try target(server.url))
        #expect(result.code == 0)
        #expect(server.paths == ["/api/posts/bulk", "/api/users/bulk", "/api/threads/bulk"])
        #expect(server.lines["/api/users/bulk"] == [#"{"id": 1, "username": "ada"}"#])
        #expect(
            server.lines["/api/posts/bulk"] == [
                #"{"thread": 1, "text": "a", "user": 1,"place":1}"#,
                #"{"thread": 1, "text": "b", "user": 2,"place":2}"#,
            ])
        #expect(result.said.contains("posts    2      0          0\n"))
    }

    @Test("a second run of the same file adds nothing")
    func twice() async throws {
        let server = try await BulkServer()
        _ = await run(Self.lab, to: try target(server.url))
        let result = await run(Self.lab, to: try target(server.url))
        #expect(result.code == 0)
        #expect(result.said.contains("posts    0      2          0\n"))
    }

    @Test("a file larger than every buffer goes through whole")
    func large() async throws {
        let server = try await BulkServer()
        let posts = (1...30_000).map { #"{"thread":1,"text":"post number \#($0)","user":1}"# }
        let text = #"{"posts":[\#(posts.joined(separator: ","))]}"#
        let result = await run(text, to: try target(server.url))
        #expect(result.code == 0)
        let lines = server.lines["/api/posts/bulk"] ?? []
        #expect(lines.count == 30_000)
        #expect(lines.last == #"{"thread":1,"text":"post number 30000","user":1,"place":30000}"#)
    }

    @Test("a bad record is named by array, index and line with its reason; the others go on")
    func badRecords() async throws {
        let server = try await BulkServer(.refuses("mallory"))
        let text = "{\"users\":[\n{\"id\":1},\n{\"id\":2,\"name\":\"mallory\"},\n7,\n{\"id\":3}]}"
        let result = await run(text, to: try target(server.url))
        #expect(result.code == 65)
        #expect(result.said.contains("users[1] (line 3): no mallory here\n"))
        #expect(result.said.contains("users[2] (line 4): an object is expected, not a number\n"))
        #expect(result.said.contains("users  2      0          2\n"))
    }

    @Test("a file that breaks is one line with the place, and what came before is told")
    func broken() async throws {
        let server = try await BulkServer()
        let text = "{\"users\":[{\"id\":1},{\"id\":2}],\n\"posts\":[{},{\"a\" 1}]}"
        let result = await run(text, to: try target(server.url))
        #expect(result.code == 65)
        #expect(
            result.said.contains(
                "lab.json: line 2, column 18 (byte 47): not JSON: this byte cannot stand here\n"))
        #expect(result.said.contains("users  2      0          0\n"))
        #expect(result.said.contains("posts  1      0          0\n"))
        #expect(server.lines["/api/posts/bulk"] == [#"{"place":1}"#])
    }

    @Test("the wrong secret is one line and its own exit code")
    func wrongSecret() async throws {
        let server = try await BulkServer()
        let wrong = try target(server.url, secret: "another-secret-also-long")
        let result = await run(Self.lab, to: wrong)
        #expect(result.code == 77)
        #expect(
            result.said.contains(
                "\(server.url) refuses the import (403): this is not the admin secret"))
    }

    @Test("a service that is down ends the import with its own words")
    func unavailable() async throws {
        let server = try await BulkServer(.unavailable)
        let result = await run(Self.lab, to: try target(server.url))
        #expect(result.code == 69)
        #expect(result.said.contains("refuses the import (503): posts is down"))
    }

    @Test("an answer that breaks off says how many records it owes")
    func breaksOff() async throws {
        let server = try await BulkServer(.breaksOff(after: 1))
        let result = await run(Self.lab, to: try target(server.url))
        #expect(result.code == 69)
        #expect(result.said.contains("1 not answered"))
    }

    @Test("a forum that is not there is one line")
    func nobody() async throws {
        let result = await run(Self.lab, to: try target("http://127.0.0.1:1"))
        #expect(result.code == 69)
        #expect(result.said.contains("http://127.0.0.1:1 does not answer"))
    }

    @Test("a file that is not there is one line and its own exit code")
    func noFile() async throws {
        let log = open(folder.file("log"), O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer { close(log) }
        let command = ImportCommand(
            path: folder.file("none.json"), try target("http://127.0.0.1:1"),
            Console(output: log, errors: log))
        #expect(await command.run() == 66)
        let said = folder.read("log") ?? ""
        #expect(said.contains("none.json: No such file or directory\n"))
    }

    @Test("an empty document is no request and no failure")
    func empty() async throws {
        let server = try await BulkServer()
        let result = await run(#"{"users":[],"posts":[]}"#, to: try target(server.url))
        #expect(result.code == 0)
        #expect(server.paths.isEmpty)
    }
}

@Suite("The forum a command speaks to")
struct ForumTargetTests {
    private let folder = TemporaryFolder()

    @Test("it is the one that runs on the data folder, with the secret kept there")
    func running() throws {
        let data = try DataFolder(creating: folder.path)
        try RunFile(url: "http://127.0.0.1:9", admin: nil, pid: 1).write(data)
        let kept = try SecretFile(data.secretFile).readOrCreate()
        let target = try ForumTarget(to: nil, data: folder.path, secretText: "")
        #expect(target.url == "http://127.0.0.1:9")
        #expect(target.secret.text == kept.text)
    }

    @Test("a URL and a secret that are given count more")
    func given() throws {
        let target = try ForumTarget(
            to: "http://10.0.0.1:80", data: folder.path, secretText: BulkServer.secret)
        #expect(target.url == "http://10.0.0.1:80")
        #expect(target.secret.text == BulkServer.secret)
    }

    @Test("what is missing is said with what to do")
    func missing() throws {
        func reason(_ to: String?, _ data: String, _ secret: String) -> String {
            do {
                _ = try ForumTarget(to: to, data: data, secretText: secret)
                return ""
            } catch {
                return "\(error)"
            }
        }
        let none = folder.file("none")
        #expect(reason(nil, none, "").hasPrefix("no forum runs on the data folder \(none): start"))
        #expect(reason("http://h", none, "").hasPrefix("no admin secret: there is no data folder"))
        #expect(reason("h:1", folder.path, "").hasPrefix("--to h:1: expected http://HOST:PORT"))
        #expect(reason("http://h", folder.path, "short").hasPrefix("FORUM_ADMIN_SECRET: expected"))
    }
}
