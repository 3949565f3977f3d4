import Bytes
import Glibc

/// A descriptor that takes whole lines from any thread: one write each, without a lock.
final class LogSink: Sendable {
    private let descriptor: Int32
    let dropped = Counter()

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// A pipe that is ready takes PIPE_BUF bytes at once, so that a line is never torn and never
    /// blocks.
    func write(_ line: ByteString) {
        guard isReady(), unsafe line.withBytes({ unsafe send($0) }) == line.count else {
            return dropped.add()
        }
    }

    private func isReady() -> Bool {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&state, 1, TelemetryLimits.logWaitMilliseconds) == 1
    }

    private func send(_ bytes: UnsafeRawBufferPointer) -> Int {
        while true {
            let sent = unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            if sent >= 0 || errno != EINTR { return sent }
        }
    }
}
