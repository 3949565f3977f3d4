import Glibc
import Synchronization

/// A process that was started beside the tests: in a process group of its own, tied to our life,
/// with the descriptors it is given and no others.
final class Spawned: Sendable {
    let pid: pid_t
    private let lifeline: Lifeline
    private let ended = Mutex<Int32?>(nil)

    /// One start at a time: a pipe that is made meanwhile would be inherited before it is marked.
    private static let starting = Mutex(())
    /// Above every descriptor that a child is to have, so that no copy overwrites another.
    private static let farDescriptor: Int32 = 900
    /// Where the lifeline is in the child.
    private static let lifelineDescriptor: Int32 = 9

    /// Starts `executable` in `folder` with exactly these entries (`NAME=value`) for its
    /// environment; `descriptors` are ours, by the number that each has in the child. They stay
    /// open here.
    init(
        _ executable: String, _ words: [String], environment: [String], in folder: String? = nil,
        descriptors: [Int32: Int32]
    ) {
        (pid, lifeline) = Spawned.starting.withLock { _ in
            let lifeline = Lifeline()
            var descriptors = descriptors
            descriptors[Spawned.lifelineDescriptor] = lifeline.childEnd
            let pid = Spawned.start(executable, words, environment, folder, descriptors)
            lifeline.tie(to: pid)
            return (pid, lifeline)
        }
    }

    /// What nobody waits for any more does not go on.
    deinit {
        if end == nil {
            send(SIGKILL)
            _ = wait()
        }
    }

    /// Sends a signal to the process and everything in its group.
    func send(_ signal: Int32) { kill(-pid, signal) }

    /// The exit code, or 128 and the signal, once it has ended.
    var end: Int32? { reap(WNOHANG) }

    /// The same; blocks until it has ended.
    func wait() -> Int32 { reap(0)! }

    private func reap(_ options: Int32) -> Int32? {
        ended.withLock { ended in
            if let known = ended { return known }
            var status: Int32 = 0
            var reaped: pid_t = -1
            repeat { reaped = waitpid(pid, &status, options) } while reaped < 0 && errno == EINTR
            guard reaped == pid else { return nil }
            let signal = status & 0x7f
            ended = signal == 0 ? (status >> 8) & 0xff : 128 + signal
            return ended
        }
    }

    private static func start(
        _ executable: String, _ words: [String], _ environment: [String], _ folder: String?,
        _ descriptors: [Int32: Int32]
    ) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let far = descriptors.mapValues { fcntl($0, F_DUPFD_CLOEXEC, farDescriptor) }
        defer { for descriptor in far.values { close(descriptor) } }
        for (number, descriptor) in far {
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
        }
        // Whatever else is open here must be closed there: a socket that a child holds as well stays
        // open when its test closes it.
        for number in STDERR_FILENO + 1..<farDescriptor where far[number] == nil {
            posix_spawn_file_actions_addclose(&actions, number)
        }
        var attributes = attributes()
        defer { posix_spawnattr_destroy(&attributes) }
        var pid: pid_t = 0
        // The function that would change the folder is hidden by the header.
        let place = folder.map { ["/usr/bin/env", "-C", $0] } ?? []
        let command = place + [executable] + words
        let code = withCStrings(command) { words in
            withCStrings(environment) { environment in
                posix_spawn(&pid, command[0], &actions, &attributes, words, environment)
            }
        }
        precondition(code == 0, "\(executable) can be started: \(String(cString: strerror(code)))")
        return pid
    }

    /// A group of its own, so that a terminal's Ctrl-C reaches the tests alone; all signals as they
    /// are by default.
    private static func attributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        return attributes
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// The environment of the tests.
enum OwnEnvironment {
    /// Entries `NAME=value`.
    static var entries: [String] {
        var entries: [String] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(String(cString: entry))
            next += 1
        }
        return entries
    }
}
