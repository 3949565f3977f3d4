import Glibc

/// The ways a program ends, with the codes of sysexits.h where they fit.
package enum Exit {
    /// The command line makes no sense.
    package static let usage: Int32 = 64
    /// The input data is wrong.
    package static let data: Int32 = 65

    /// Prints `line` to standard error and ends the process.
    package static func fail(_ line: String, code: Int32 = 1) -> Never {
        print(line, to: STDERR_FILENO)
        exit(code)
    }

    /// Prints `text` to standard output and ends the process well.
    package static func succeed(_ text: String) -> Never {
        write(text, to: STDOUT_FILENO)
        exit(0)
    }

    /// Ends the process as a usage error asks.
    package static func refuse(_ error: UsageError) -> Never { fail("\(error)", code: usage) }

    /// Prints a line at once, without the buffering of `print`.
    package static func print(_ line: String, to descriptor: Int32) {
        write(line + "\n", to: descriptor)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + sent, bytes.count - sent)
            }
            if count <= 0, errno != EINTR { return }
            sent += max(0, count)
        }
    }
}
