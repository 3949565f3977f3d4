import Glibc

/// This test program once more, as another process that plays one `ChildRole`.
final class ChildProcess: Sendable {
    /// What the child says on its descriptor 3, which we read, and hears on its 4, which we write.
    enum Descriptor {
        static let says: Int32 = 3
        static let hears: Int32 = 4
    }

    private let identifier: pid_t
    private let output: Int32
    private let input: Int32

    /// Starts the child; `path` is the store it works on.
    init(_ role: ChildRole, path: String) {
        var says: [Int32] = [0, 0]
        var hears: [Int32] = [0, 0]
        precondition(pipe(&says) == 0 && pipe(&hears) == 0)
        // Our ends are not for the children: a pipe ends only when nobody holds it open.
        for descriptor in says + hears { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        // Past the range of the targets first, so that one copy cannot overwrite the other.
        let far: (says: Int32, hears: Int32) = (900, 901)
        posix_spawn_file_actions_adddup2(&actions, says[1], far.says)
        posix_spawn_file_actions_adddup2(&actions, hears[0], far.hears)
        posix_spawn_file_actions_adddup2(&actions, far.says, Descriptor.says)
        posix_spawn_file_actions_adddup2(&actions, far.hears, Descriptor.hears)
        // Its report of tests would mix with ours.
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclose(&actions, far.says)
        posix_spawn_file_actions_addclose(&actions, far.hears)
        var identifier: pid_t = 0
        let arguments = [
            "tests", "--testing-library", "swift-testing", "--filter", "SQLiteTests.childRole",
        ]
        let variables = ["\(ChildRole.variable)=\(role.rawValue)", "\(ChildRole.store)=\(path)"]
        let code = withCStrings(arguments) { arguments in
            withCStrings(variables + ChildProcess.environment) { variables in
                posix_spawn(&identifier, "/proc/self/exe", &actions, nil, arguments, variables)
            }
        }
        precondition(code == 0, "this program can be started again, not error \(code)")
        posix_spawn_file_actions_destroy(&actions)
        close(says[1])
        close(hears[0])
        self.identifier = identifier
        (output, input) = (says[0], hears[1])
    }

    deinit {
        close(output)
        close(input)
    }

    /// The child's next line, or nil when it has ended.
    func line() async throws -> String? {
        let output = output
        return try await onThread {
            var line: [UInt8] = []
            var byte: UInt8 = 0
            while read(output, &byte, 1) == 1 {
                if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return nil
        }
    }

    /// Lets a child that waits in `ChildRole.listen` go on.
    func goOn() { write(input, "\n", 1) }

    /// Ends the child at once, as a power cut would end its process.
    func kill() { Glibc.kill(identifier, SIGKILL) }

    /// Whether it ended well; returns when it has.
    func ended() async throws -> Bool {
        let identifier = identifier
        return try await onThread {
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
            return status == 0
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
