import CLinux
import Glibc

/// A program that runs: in a process group of its own, its output on a pipe, tied to our life.
struct ChildProcess: ~Copyable {
    let pid: pid_t
    /// Everything it writes to standard output and standard error; does not block.
    let output: Int32
    /// Readable once the process has ended.
    let end: Int32
    private let lifeline: Lifeline

    /// The descriptor its lifeline has in the child.
    private static let lifelineDescriptor: Int32 = 3

    /// Starts `executable` with exactly these `environment` entries (`NAME=value`), no input, all
    /// signals as they are by default.
    init(_ executable: String, environment: [String]) throws(SpawnError) {
        let (reading, writing) = try DescriptorPair.pipe()
        defer { _ = close(writing) }
        var isStarted = false
        defer { if !isStarted { _ = close(reading) } }
        let lifeline = try Lifeline()
        let pid = try ChildProcess.spawn(
            executable, environment, output: writing, lifeline: lifeline.childEnd)
        let end = pidfd_open(pid, 0)
        guard end >= 0 else {
            let error = SpawnError.last("pidfd_open")
            kill(-pid, SIGKILL)
            _ = waitpid(pid, nil, 0)
            throw error
        }
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
        try lifeline.tie(to: pid)
        isStarted = true
        self.pid = pid
        self.end = end
        output = reading
        self.lifeline = lifeline
    }

    deinit {
        _ = close(output)
        _ = close(end)
    }

    /// Sends a signal to the process and everything it has started.
    func send(_ signal: Int32) { kill(-pid, signal) }

    /// How it ended; nil while it runs. After an answer the process is forgotten by the system.
    func reap() -> ChildExit? {
        var status: Int32 = 0
        let reaped = unsafe waitpid(pid, &status, WNOHANG)
        return reaped == pid ? ChildExit(status: status) : nil
    }

    private static func spawn(
        _ executable: String, _ environment: [String], output: Int32, lifeline: Int32
    ) throws(SpawnError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, lifeline, lifelineDescriptor)
        var attributes = attributes()
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var pid: pid_t = 0
        let code = unsafe CStrings.lend([executable]) { arguments in
            unsafe CStrings.lend(environment) { environment in
                unsafe posix_spawn(
                    &pid, executable, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else {
            let reason = unsafe String(cString: strerror(code))
            throw SpawnError(description: "cannot start \(executable): \(reason)")
        }
        return pid
    }

    /// A group of its own, so that a terminal's Ctrl-C reaches us alone; no signal blocked or
    /// ignored.
    private static func attributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        return attributes
    }
}

/// Texts as C wants lists of them.
enum CStrings {
    /// Lends a null-terminated array of null-terminated copies.
    static func lend<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
        return unsafe body(pointers)
    }
}
