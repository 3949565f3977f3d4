import Glibc
import Synchronization

/// Where the access lines of a process go: one descriptor for all loops, opened for appending.
package final class AccessLogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    /// A file takes any amount at once. A pipe or a terminal takes PIPE_BUF bytes for sure.
    private let isFile: Bool
    let written = Counter()
    let dropped = Counter()

    /// Opens `path`: `-` is standard output; empty is nil, no access log. Throws errno's words as
    /// one line.
    package static func open(_ path: String) throws -> AccessLogFile? {
        if path.isEmpty { return nil }
        let descriptor = path == "-" ? fcntl(1, F_DUPFD_CLOEXEC, 3) : openFile(path)
        guard descriptor >= 0 else { throw AccessLogError(path: path, code: errno) }
        return AccessLogFile(path: path, descriptor: descriptor)
    }

    private init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
        var status = stat()
        isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    deinit { close(descriptor) }

    /// Opens the path anew, for when a rotation has moved the file away. Standard output stays as
    /// it is.
    package func reopen() throws {
        if path == "-" { return }
        let fresh = AccessLogFile.openFile(path)
        guard fresh >= 0 else { throw AccessLogError(path: path, code: errno) }
        defer { close(fresh) }
        // The number stays the same, so that loops in the middle of a write lose nothing.
        guard dup2(fresh, descriptor) >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw AccessLogError(path: path, code: errno)
        }
    }

    /// Shows the lines written and dropped.
    package func register(in metrics: Metrics) {
        metrics.collect("access_log_lines_total", "Access lines written.", .counter) {
            [written] in $0.add(Double(written.total))
        }
        metrics.collect(
            "access_log_lines_dropped_total", "Access lines lost to a full disk or a slow reader.",
            .counter
        ) { [dropped] in $0.add(Double(dropped.total)) }
    }

    /// What became of a piece of text.
    enum Outcome { case taken(Int), notNow, failed }

    /// Writes as much of `lines` as goes without waiting, whole lines where somebody else writes
    /// too.
    func write(_ lines: UnsafeRawBufferPointer) -> Outcome {
        guard isFile || isReady() else { return .notNow }
        let size = isFile ? lines.count : unsafe AccessLogFile.wholeLines(lines)
        while true {
            let sent = unsafe Glibc.write(descriptor, lines.baseAddress, size)
            if sent > 0 { return .taken(sent) }
            if sent == 0 || errno == EAGAIN { return .notNow }
            if errno != EINTR { return .failed }
        }
    }

    private func isReady() -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&state, 1, 0) == 1
    }

    /// Bytes of the lines that a ready pipe takes whole; the rest of a line torn before, if that
    /// comes first.
    private static func wholeLines(_ lines: UnsafeRawBufferPointer) -> Int {
        let sizeMax = min(lines.count, TelemetryLimits.lineBytesMax)
        for index in stride(from: sizeMax - 1, through: 0, by: -1)
        where unsafe lines[index] == UInt8(ascii: "\n") { return index + 1 }
        return sizeMax
    }

    private static func openFile(_ path: String) -> Int32 {
        unsafe Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640)
    }
}

/// Why an access log cannot be opened.
package struct AccessLogError: Error, CustomStringConvertible {
    let path: String
    let code: Int32

    /// One line: what, where, why.
    package var description: String {
        let reason = unsafe String(cString: strerror(code))
        return "cannot open the access log \(path): \(reason)"
    }
}
