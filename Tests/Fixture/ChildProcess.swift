import Dispatch
import Glibc

/// This test program once more, as another process that plays a role for one test. It says lines,
/// and hears when it may go on. It ends with this object, and with the tests, however they end.
package final class ChildProcess: Sendable {
    /// Where the child writes what we read.
    package static let says: Int32 = 3
    /// Where the child reads what we write.
    package static let hears: Int32 = 4

    private let process: Spawned
    private let output: Int32
    private let input: Int32

    /// Starts the test `test` (`Target.function`) in a new process, with these variables beside
    /// those of the tests.
    package init(_ test: String, _ variables: [String: String]) {
        let says = DescriptorPair.pipe()
        let hears = DescriptorPair.pipe()
        // Its report of tests would mix with ours.
        let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
        process = Spawned(
            "/proc/self/exe", ["--testing-library", "swift-testing", "--filter", test],
            environment: variables.map { "\($0.key)=\($0.value)" } + OwnEnvironment.entries,
            descriptors: [
                STDOUT_FILENO: nowhere, STDERR_FILENO: nowhere,
                ChildProcess.says: says.writing, ChildProcess.hears: hears.reading,
            ])
        for descriptor in [nowhere, says.writing, hears.reading] { close(descriptor) }
        (output, input) = (says.reading, hears.writing)
    }

    deinit {
        close(output)
        close(input)
    }

    /// The child's next line; nil when it has ended.
    package func line() async -> String? {
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

    /// Lets a child that waits in `listen` go on.
    package func goOn() { write(input, "\n", 1) }

    /// Ends the child at once, as a power cut would, and waits until it is gone.
    package func kill() async {
        process.send(SIGKILL)
        _ = await ended()
    }

    /// Whether it ended well; returns when it has.
    package func ended() async -> Bool {
        let process = process
        return await onThread { process.wait() == 0 }
    }

    /// Runs `body`, which may block, on a thread of its own.
    private func onThread<Result: Sendable>(
        _ body: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "blocking").async { continuation.resume(returning: body()) }
        }
    }

    // MARK: In the child

    /// Says a line to the test.
    package static func say(_ line: String) {
        let line = line + "\n"
        write(says, line, line.utf8.count)
    }

    /// Waits for `goOn`.
    package static func listen() {
        var byte: UInt8 = 0
        read(hears, &byte, 1)
    }
}
