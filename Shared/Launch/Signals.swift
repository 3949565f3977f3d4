import Glibc
import Synchronization

/// The signals a process acts on, as values on a stream instead of interrupts.
package enum Signal: Int32, Sendable, CaseIterable {
    case hangUp = 1
    case interrupt = 2
    case terminate = 15

    /// Whether it asks the process to end.
    package var endsProcess: Bool { self != .hangUp }
}

/// Receives signals. One for a process: they arrive on the latest one made.
///
/// A handler only writes the number into a pipe, so it does not matter which threads existed before
/// or what they block.
package struct Signals: Sendable {
    /// Every signal received, in order.
    package let received: AsyncStream<Signal>

    /// Ignores SIGPIPE and starts listening.
    package init() {
        var ends: (Int32, Int32) = (-1, -1)
        let made = unsafe withUnsafeMutableBytes(of: &ends) {
            unsafe pipe($0.baseAddress!.assumingMemoryBound(to: Int32.self))
        }
        precondition(made == 0, "a process can make a pipe")
        for end in [ends.0, ends.1] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        signalPipe.store(ends.1, ordering: .sequentiallyConsistent)
        let (stream, continuation) = AsyncStream<Signal>.makeStream()
        received = stream
        Signals.listen(ends.0) { continuation.yield($0) }
        _ = signal(SIGPIPE, SIG_IGN)
        for one in Signal.allCases { Signals.handle(one) }
    }

    private static func handle(_ one: Signal) {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { number in
            // Whatever was interrupted may be about to read it.
            let interrupted = errno
            var byte = UInt8(truncatingIfNeeded: number)
            _ = unsafe write(signalPipe.load(ordering: .relaxed), &byte, 1)
            errno = interrupted
        }
        action.sa_flags = SA_RESTART
        _ = unsafe sigaction(one.rawValue, &action, nil)
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
            var byte: UInt8 = 0
            while true {
                let count = unsafe read(descriptor, &byte, 1)
                if count == 1, let signal = Signal(rawValue: Int32(byte)) {
                    tell(signal)
                } else if count == 0 || count < 0 && errno != EINTR {
                    return
                }
            }
        }
    }
}

/// Where the handler writes: all that it touches.
private let signalPipe = Atomic<Int32>(-1)
