import Dispatch
import Glibc

/// This test program once more, as another process that plays a `ChildRole`. It says lines on a
/// pipe.
final class ChildProcess: Sendable {
    /// Where the child writes what we read.
    static let says: Int32 = 3

    private let identifier: pid_t
    private let output: Int32

    /// Starts the child over the stores in `folder`, its clock `clockAhead` milliseconds ahead.
    init(_ role: ChildRole, folder: String, clockAhead: Int = 0) {
        var ends: [Int32] = [0, 0]
        // Our ends are not for other children: a pipe ends only when nobody holds it open.
        precondition(pipe(&ends) == 0)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        // Past the target first: a copy onto itself would keep the flag that closes it.
        posix_spawn_file_actions_adddup2(&actions, ends[1], 900)
        posix_spawn_file_actions_adddup2(&actions, 900, ChildProcess.says)
        posix_spawn_file_actions_addclose(&actions, 900)
        let arguments = [
            "tests", "--testing-library", "swift-testing", "--filter", "OutboxTests.childRole",
        ]
        let variables = [
            "\(ChildRole.variable)=\(role.rawValue)", "\(ChildRole.folder)=\(folder)",
            "\(ChildRole.ahead)=\(clockAhead)",
        ]
        var identifier: pid_t = 0
        let code = withCStrings(arguments) { arguments in
            withCStrings(variables + ChildProcess.environment) { variables in
                posix_spawn(&identifier, "/proc/self/exe", &actions, nil, arguments, variables)
            }
        }
        precondition(code == 0, "this program can be started again, not error \(code)")
        posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        self.identifier = identifier
        output = ends[0]
    }

    deinit { close(output) }

    /// The child's next line; nil when it has ended.
    func line() async -> String? {
        let output = output
        return await onThread {
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while read(output, &byte, 1) == 1 {
                if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return nil
        }
    }

    /// Ends the child at once and waits until it is gone; what it does is undone by nobody.
    func kill() async {
        Glibc.kill(identifier, SIGKILL)
        let identifier = identifier
        await onThread {
            while waitpid(identifier, nil, 0) < 0 && errno == EINTR {}
        }
    }

    private static var environment: [String] {
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            variables.append(String(cString: variable))
            next += 1
        }
        return variables
    }
}

private func withCStrings<R>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
) -> R {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}

/// Runs `body`, which may block, on a thread of its own.
func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
        DispatchQueue(label: "blocking").async { continuation.resume(returning: body()) }
    }
}
