import Fixture
import Testing

/// Mistakes and obstacles: one clear line each, and the exit code that belongs to it.
@Suite("What forum refuses", .serialized, .fewAtOnce, .timeLimit(.minutes(2)))
struct RefusalTests {
    private let folder = TemporaryFolder()

    private func run(_ words: [String], _ environment: [String: String] = [:]) async throws -> (
        code: Int32?, lines: [String]
    ) {
        let (code, said) = await Program.run(
            "forum", words, in: folder, environment: environment)
        return (code, said.split(separator: "\n").map(String.init))
    }

    @Test(
        "a mistake on the command line is one line and exit code 64",
        arguments: [
            (["up", "--prot", "1"], "forum up: unknown option --prot; did you mean --port?"),
            (["up", "--port", "x"], "forum up: --port x: expected a whole number in 0…65535"),
            (["up", "now"], "forum up: 'now' is one word too many"),
            (["import"], "forum import: FILE.json is missing"),
            (["seed", "--to"], "forum seed: --to needs a value: --to URL"),
            (["registry", "--json=1"], "forum registry: --json takes no value"),
            (["upp"], "forum: unknown command 'upp': up, seed, import, registry"),
        ])
    func mistakes(_ words: [String], _ line: String) async throws {
        let (code, lines) = try await run(words)
        #expect(code == 64)
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix(line) == true, "\(lines)")
    }

    @Test("help and version are printed, for every command")
    func help() async throws {
        for command in ["up", "seed", "import", "registry"] {
            let (code, lines) = try await run([command, "--help"])
            #expect(code == 0)
            #expect(lines.contains { $0.hasPrefix("Usage: forum \(command)") })
        }
        #expect(try await run(["--version"]).lines == ["forum 0.1.0"])
        #expect(try await run([]).code == 64)
    }

    @Test("a setting that does not exist stops the start")
    func setting() async throws {
        let (code, lines) = try await run(["up"], ["FORUM_PROT": "1"])
        #expect(code == 1)
        #expect(
            lines == ["forum up: FORUM_PROT: there is no such setting; did you mean FORUM_PORT?"])
    }

    @Test("a port in use is one line")
    func port() async throws {
        let first = try await Forum(["--monolith"])
        let port = try #require(first.url.split(separator: ":").last)
        let (code, lines) = try await run(["up", "--monolith", "--port", String(port)])
        #expect(code == 1)
        #expect(
            lines == [
                "forum up: port \(port) on 127.0.0.1 is in use by another program: "
                    + "choose another port with --port N (0: any free one)"
            ])
        #expect(await first.end() == 0)
    }

    @Test("a second forum on a data folder is one line")
    func twice() async throws {
        let first = try await Forum(["--monolith"])
        let data = first.folder.file("data")
        let (code, lines) = try await run(["up", "--data", data, "--port", "0"])
        #expect(code == 1)
        #expect(lines.count == 1)
        #expect(
            lines.first?.contains("is in use by a running forum (pid \(first.program.pid))") == true
        )
        #expect(await first.end() == 0)
    }

    @Test("a store that is none ends the start with the service's own line")
    func corruptStore() async throws {
        let data = folder.folder("data")
        folder.write("data/users.sqlite", String(repeating: "this is no database ", count: 100))
        let (code, lines) = try await run(["up", "--data", data, "--port", "0"])
        #expect(code == 1)
        let reason = lines.first { $0.contains("users-1 could not start (exit 1): users: ") }
        #expect(reason?.contains("users.sqlite") == true, "\(lines)")
        #expect(folder.read("data/users.sqlite")?.hasPrefix("this is no database") == true)
    }

    @Test("a registry that is none ends the start, and stays as it is")
    func corruptRegistry() async throws {
        let data = folder.folder("data")
        folder.write("data/registry.json", "{\n  oops")
        let (code, lines) = try await run(["up", "--data", data, "--port", "0"])
        #expect(code == 1)
        #expect(lines.count == 1)
        #expect(lines.first?.contains("registry.json:2:3: not a registry") == true, "\(lines)")
        #expect(folder.read("data/registry.json") == "{\n  oops")
    }
}
