import Launch
import Testing

@testable import Stack

@Suite("The command line of forum up")
struct UpOptionsTests {
    private func options(
        _ words: [String], _ variables: [String: String] = [:]
    ) throws -> UpOptions {
        var environment = Environment(variables)
        let arguments = try Arguments(words, of: UpOptions.command)
        return try UpOptions(arguments, &environment)
    }

    @Test("without a word the usual ports and folder are used")
    func defaults() throws {
        let made = try options([])
        #expect(made.port == 8080)
        #expect(made.adminPort == nil)
        #expect(made.data == ".forum")
        #expect(made.address == "127.0.0.1")
    }

    @Test("a word counts more than the environment, and that more than nothing")
    func environment() throws {
        let variables = ["FORUM_PORT": "1", "FORUM_DATA": "there"]
        let made = try options(["--port", "2"], variables)
        #expect(made.port == 2)
        #expect(made.data == "there")
    }

    @Test("replicas come in one list or several")
    func replicas() throws {
        let made = try options(["--replicas", "messages=2,users=3", "--replicas=topics=4"])
        #expect(made.replicas == ["messages": 2, "users": 3, "topics": 4])
    }

    @Test(
        "a mistake is one line that names it",
        arguments: [
            (["--port", "x"], "--port x: expected a whole number in 0…65535"),
            (["--port", "70000"], "--port 70000: expected a whole number in 0…65535"),
            (["--replicas", "messages"], "--replicas messages: expected SERVICE=N, N in 1…16"),
            (["--replicas", "messages=0"], "--replicas messages=0: expected SERVICE=N, N in 1…16"),
            (
                ["--replicas", "posts=2"],
                "--replicas: there is no service 'posts', only users, topics, messages"
            ),
            (["--monolith", "--replicas", "users=2"], "--replicas: a monolith is one process"),
            (["--monolith", "--admin-port", "1"], "--admin-port: a monolith has no gateway"),
            (["--address", "::1"], "--address ::1: expected an IPv4 address such as 127.0.0.1"),
            (["--data", ""], "--data: expected the path of a folder"),
        ])
    func mistakes(_ words: [String], _ reason: String) throws {
        let error = try #require(throws: UsageError.self) { try options(words) }
        #expect(error.reason == reason)
    }
}
