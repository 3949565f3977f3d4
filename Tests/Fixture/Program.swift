package import Glibc

/// A real program that was built beside the tests, with everything it says. It ends with this
/// object, and with the tests, however they end.
package final class Program: Sendable {
    private let process: Spawned
    private let output: String

    /// Where the programs are: the folder of the test program.
    package static let folder: String = {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        precondition(count > 0, "a program can be asked where it is")
        let text = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    }()

    /// Variables that sanitizers look at go to every program, and what is loaded for them.
    private static let sanitizers = ["ASAN_", "LSAN_", "TSAN_", "UBSAN_", "LD_PRELOAD="]

    /// Starts `name` with `words` in `folder`; everything it says goes to one file there. With
    /// `fileBytesMax` no file may grow beyond it, as if the disk were full.
    package init(
        _ name: String, _ words: [String] = [], in folder: TemporaryFolder,
        environment: [String: String] = [:], fileBytesMax: Int? = nil
    ) {
        output = folder.file("output-\(UInt64.random(in: 0 ... .max))")
        let saying = open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let hearing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(saying)
            close(hearing)
        }
        let passed = OwnEnvironment.entries.filter { entry in
            Program.sanitizers.contains(where: entry.hasPrefix)
        }
        let command = Program.limit(fileBytesMax) + ["\(Program.folder)/\(name)"] + words
        process = Spawned(
            command[0], Array(command[1...]),
            environment: ["PATH=/usr/bin:/bin"] + passed
                + environment.map { "\($0.key)=\($0.value)" },
            in: folder.path,
            descriptors: [STDIN_FILENO: hearing, STDOUT_FILENO: saying, STDERR_FILENO: saying])
    }

    /// A shell that sets the limit and becomes the program, which is told when it reaches it, not
    /// killed.
    private static func limit(_ fileBytesMax: Int?) -> [String] {
        // POSIX counts in blocks of 512.
        guard let blocks = fileBytesMax.map({ $0 / 512 }) else { return [] }
        return ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$0\" \"$@\""]
    }

    /// Its number, which is also that of its process group.
    package var pid: pid_t { process.pid }
    /// Whether it has not ended yet.
    package var isRunning: Bool { process.end == nil }

    /// Everything said until now.
    package var said: String { TextFile.read(output) ?? "" }

    /// Sends a signal to it alone.
    package func send(_ signal: Int32) { process.send(signal) }

    /// The exit code, or 128 and the signal, once it has ended; nil if it does not within the time.
    package func end(withinSeconds seconds: Int = 30) async -> Int32? {
        let process = process
        guard await eventually(withinSeconds: seconds, { process.end != nil }) else { return nil }
        return process.end
    }

    /// Runs `name` to its end.
    package static func run(
        _ name: String, _ words: [String], in folder: TemporaryFolder,
        environment: [String: String] = [:]
    ) async -> (code: Int32?, said: String) {
        let program = Program(name, words, in: folder, environment: environment)
        let code = await program.end()
        return (code, program.said)
    }
}

/// Looks again and again, for other processes tell nobody what they do; false if the time is over.
package func eventually(
    withinSeconds seconds: Int = 20, _ condition: () async -> Bool
) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return false
}
