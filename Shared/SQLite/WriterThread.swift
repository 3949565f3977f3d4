import Glibc

/// The operating system's thread under a writer, and the way to wait for its end.
///
/// Unchecked: `writer` is set before the thread starts and belongs to it from then on.
final class WriterThread: @unchecked Sendable {
    private struct State {
        var isEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Guarded(State())
    private var writer: Writer?

    private init(_ writer: Writer) { self.writer = writer }

    /// Starts `writer` on a thread of its own; nil when the system refuses one more.
    static func start(_ writer: consuming Writer) -> WriterThread? {
        let thread = WriterThread(writer)
        let context = unsafe Unmanaged.passRetained(thread)
        var identifier = pthread_t()
        let code = unsafe pthread_create(
            &identifier, nil,
            { context in
                guard let context = unsafe context else { return nil }
                let thread = unsafe Unmanaged<WriterThread>.fromOpaque(context).takeRetainedValue()
                thread.work()
                thread.end()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return nil
        }
        pthread_detach(identifier)
        return thread
    }

    /// Returns when the writer has drained its queue and closed its connection.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiting.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    /// A function of its own, so that the writer and its connection are gone when it returns.
    @inline(never)
    private func work() { writer.take()?.run() }

    private func end() {
        let waiting = state.withLock { state in
            state.isEnded = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
