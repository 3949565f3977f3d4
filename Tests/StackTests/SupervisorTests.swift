import Fixture
import Glibc
import Testing

@testable import Stack

/// One after the other: a script being written while another test starts a program is "busy".
@Suite("The supervisor", .serialized, .timeLimit(.minutes(5)))
struct SupervisorTests {
    private static let patient =
        "trap 'echo leaving; exit 0' TERM; echo here; while :; do sleep 0.05; done"

    /// The exit code of a stack that was told to end, or ended by itself.
    private func code(_ stack: RunningStack) async -> Int32? {
        for await event in stack.events {
            if case .over(let code) = event { return code }
        }
        return nil
    }

    private func rows(_ stack: RunningStack) async -> [ProcessRow]? {
        for await event in stack.events {
            if case .healthy(_, let rows) = event { return rows }
            return nil
        }
        return nil
    }

    @Test("a stack is healthy when its processes answer, and ends well when told to")
    func healthy() async throws {
        let scripted = try await ScriptedStack()
        let stack = try await scripted.start([("gateway", Self.patient), ("users-1", Self.patient)])
        let rows = await rows(stack)
        #expect(rows?.map(\.state) == ["healthy", "healthy"])
        #expect(await scripted.wait(for: "| here", times: 2))
        stack.interrupt()
        #expect(await code(stack) == 0)
        stack.close()
    }

    @Test("the entry leaves before the others")
    func order() async throws {
        let scripted = try await ScriptedStack()
        let stack = try await scripted.start([
            ("gateway", Self.patient), ("a", Self.patient), ("b", Self.patient),
        ])
        #expect(await scripted.wait(for: "| here", times: 3))
        stack.interrupt()
        #expect(await code(stack) == 0)
        let leaving = scripted.lines.filter { $0.hasSuffix("leaving") }
        #expect(leaving.first == "gateway | leaving")
        #expect(Set(leaving) == ["gateway | leaving", "a       | leaving", "b       | leaving"])
        stack.close()
    }

    @Test("a process that cannot start ends the stack, with its own last line as the reason")
    func cannotStart() async throws {
        let scripted = try await ScriptedStack()
        let stack = try await scripted.start(
            [("gateway", Self.patient), ("a", "echo 'a: port 1 is in use' >&2; exit 1")],
            silent: "a")
        #expect(await code(stack) == 1)
        let reason = "forum   | a could not start (exit 1): a: port 1 is in use"
        #expect(scripted.lines.contains(reason))
        stack.close()
    }

    @Test("a program that is not there ends the stack, and nothing else was started for good")
    func notThere() async throws {
        let scripted = try await ScriptedStack()
        let stack = try await scripted.start([("gateway", Self.patient), ("a", "")])
        #expect(await code(stack) == 1)
        let path = scripted.folder.file("a")
        #expect(
            scripted.lines.contains("forum   | cannot start \(path): No such file or directory"))
        stack.close()
    }

    @Test("a crashed process is started again, and the others never notice")
    func crash() async throws {
        let scripted = try await ScriptedStack()
        let stack = try await scripted.start([("gateway", Self.patient), ("a", Self.patient)])
        let before = await rows(stack)
        let pid = try #require(before?.last?.pid)
        #expect(await scripted.wait(for: "| here", times: 2))
        kill(pid, SIGKILL)
        #expect(await scripted.wait(for: "a is healthy again"))
        #expect(await scripted.wait(for: "a       | here", times: 2))
        #expect(scripted.lines.filter { $0 == "gateway | here" }.count == 1)
        stack.interrupt()
        #expect(await code(stack) == 0)
        stack.close()
    }

    @Test("asked a second time, everything ends at once")
    func twice() async throws {
        let scripted = try await ScriptedStack()
        let stubborn = "trap '' TERM; echo here; while :; do sleep 0.05; done"
        let stack = try await scripted.start([("gateway", stubborn), ("a", stubborn)])
        #expect(await scripted.wait(for: "| here", times: 2))
        stack.interrupt()
        #expect(await scripted.wait(for: "stopping"))
        stack.interrupt()
        #expect(await code(stack) == 130)
        stack.close()
    }

    @Test("a process that does not end well is a failure of the whole")
    func endsBadly() async throws {
        let scripted = try await ScriptedStack()
        let bad = "trap 'exit 3' TERM; echo here; while :; do sleep 0.05; done"
        let stack = try await scripted.start([("gateway", Self.patient), ("a", bad)])
        #expect(await scripted.wait(for: "| here", times: 2))
        stack.interrupt()
        #expect(await code(stack) == 1)
        #expect(scripted.lines.contains("forum   | a did not end well: exit 3"))
        stack.close()
    }

    @Test("a process whose lifeline breaks is told to end")
    func lifeline() throws {
        let folder = TemporaryFolder()
        let script = folder.write(
            "child",
            """
            #!/bin/sh
            exec 2> /dev/null
            trap 'echo gone > \(folder.file("gone")); exit 0' TERM
            echo here > \(folder.file("here"))
            while :; do sleep 0.05; done
            """)
        chmod(script, 0o700)
        let process = try ChildProcess(script, environment: ["PATH=/usr/bin:/bin"])
        let pid = process.pid
        #expect(eventually { folder.read("here") == "here\n" })
        _ = consume process
        #expect(eventually { folder.read("gone") == "gone\n" })
        var status: Int32 = 0
        #expect(waitpid(pid, &status, 0) == pid)
        #expect(ChildExit(status: status) == .code(0))
    }

    private func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<1_000 {
            if condition() { return true }
            usleep(5_000)
        }
        return false
    }
}
