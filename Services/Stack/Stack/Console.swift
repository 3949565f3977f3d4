import Glibc
import Synchronization

/// What a command says to people: whole lines, whoever speaks, and on a terminal a line of progress
/// below them that is drawn again and again.
final class Console: Sendable {
    private let output: Int32
    private let errors: Int32
    /// Whether standard output is a terminal that shows colours.
    let isColourful: Bool
    /// Whether progress can be drawn over itself.
    let isTerminal: Bool
    private let progress = Mutex("")

    /// Lines go to `output`; complaints and progress to `errors`.
    init(output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO) {
        self.output = output
        self.errors = errors
        isTerminal = isatty(errors) == 1 && Console.variable("TERM") != "dumb"
        isColourful =
            isatty(output) == 1 && Console.variable("TERM") != "dumb"
            && (Console.variable("NO_COLOR") ?? "").isEmpty
    }

    /// A line for whoever reads the result.
    func say(_ line: String) { write(line, to: output) }

    /// A line about what went wrong.
    func complain(_ line: String) { write(line, to: errors) }

    /// Draws `line` where the last progress was; an empty one clears it. Nothing off a terminal.
    func show(progress line: String) {
        guard isTerminal else { return }
        progress.withLock { progress in
            Console.put("\r\(Console.clearLine)\(line)", to: errors)
            progress = line
        }
    }

    private func write(_ line: String, to descriptor: Int32) {
        progress.withLock { progress in
            if !progress.isEmpty { Console.put("\r\(Console.clearLine)", to: errors) }
            Console.put(line + "\n", to: descriptor)
            if !progress.isEmpty { Console.put(progress, to: errors) }
        }
    }

    /// Erases from the cursor to the end of the line.
    private static let clearLine = "\u{1b}[K"

    private static func put(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let rest = unsafe UnsafeBufferPointer(rebasing: bytes[sent...])
                let count = unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
                // Nobody reads any more: what is said is lost, what is done goes on.
                if count < 0, errno != EINTR { return }
                sent += max(0, count)
            }
        }
    }

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
