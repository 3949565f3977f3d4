import CLinux
import Glibc

/// The signals a process acts on, as values on a stream instead of interrupts.
package enum Signal: Int32, Sendable, CaseIterable {
    case hangUp = 1
    case interrupt = 2
    case terminate = 15

    /// Whether it asks the process to end.
    package var endsProcess: Bool { self != .hangUp }
}

/// Receives signals. Make it first in `main`, before other threads: they inherit what it blocks.
package struct Signals: Sendable {
    /// Every signal received, in order.
    package let received: AsyncStream<Signal>

    /// Blocks the signals in this and all later threads, ignores SIGPIPE, and starts listening.
    package init() {
        signal(SIGPIPE, SIG_IGN)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in Signal.allCases { unsafe sigaddset(&set, signal.rawValue) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        let descriptor = unsafe signalfd(-1, &set, Int32(SFD_CLOEXEC))
        precondition(descriptor >= 0, "a process can listen to its signals")
        let (stream, continuation) = AsyncStream<Signal>.makeStream()
        received = stream
        Signals.listen(descriptor) { continuation.yield($0) }
    }

    /// Runs on a thread of its own, for the life of the process.
    private static func listen(_ descriptor: Int32, _ tell: @escaping @Sendable (Signal) -> Void) {
        let listener = Listener(descriptor: descriptor, tell: tell)
        var thread = pthread_t()
        let box = unsafe Unmanaged.passRetained(listener).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { box in
                guard let box = unsafe box else { return nil }
                unsafe Unmanaged<Listener>.fromOpaque(box).takeRetainedValue().run()
                return nil
            }, box)
        precondition(result == 0, "a process can start a thread")
        pthread_detach(thread)
    }

    private final class Listener: Sendable {
        private let descriptor: Int32
        private let tell: @Sendable (Signal) -> Void

        init(descriptor: Int32, tell: @escaping @Sendable (Signal) -> Void) {
            self.descriptor = descriptor
            self.tell = tell
        }

        func run() {
            var info = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            while true {
                let count = unsafe read(descriptor, &info, size)
                if count == size, let signal = Signal(rawValue: Int32(info.ssi_signo)) {
                    tell(signal)
                } else if count < 0, errno != EINTR {
                    return
                }
            }
        }
    }
}
