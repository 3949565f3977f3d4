import Foundation

/// A real program that was built beside the tests, with everything it says.
final class Program: @unchecked Sendable {
    // Foundation's Process may be used from any thread; nothing else changes after the start.
    private let process = Process()
    private let output: String

    /// Where the programs are: the folder of the test program.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    /// Starts `name` with `words`; everything it says goes to one file in `folder`.
    init(
        _ name: String, _ words: [String], in folder: TemporaryFolder,
        environment: [String: String] = [:]
    ) throws {
        output = folder.file("output-\(UInt64.random(in: 0 ... .max))")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.executableURL = URL(fileURLWithPath: "\(Program.folder)/\(name)")
        process.arguments = words
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        try handle.close()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    var pid: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// Everything said until now.
    var said: String {
        FileManager.default.contents(atPath: output).map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// Sends a signal to this process alone.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// The exit code, or 128 and the signal, once it has ended; nil if it does not within the time.
    func end(withinSeconds seconds: Int = 30) async -> Int32? {
        guard await eventually(withinSeconds: seconds, { !process.isRunning }) else { return nil }
        let status = process.terminationStatus
        return process.terminationReason == .exit ? status : 128 + status
    }

    /// Runs `name` to its end.
    static func run(
        _ name: String, _ words: [String], in folder: TemporaryFolder,
        environment: [String: String] = [:]
    ) async throws -> (code: Int32?, said: String) {
        let program = try Program(name, words, in: folder, environment: environment)
        let code = await program.end()
        return (code, program.said)
    }
}

/// Looks again and again, for other processes tell nobody what they do; false if the time is over.
func eventually(
    withinSeconds seconds: Int = 20, _ condition: () async -> Bool
) async -> Bool {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(10))
    }
    return false
}
