import Bytes
import Synchronization

/// Bytes on their way between a task and the thread of libcurl. Holds a bounded amount: the task
/// waits, the thread pauses its transfer.
///
/// One task and one thread use it, each on its own end.
final class BytePipe: Sendable {
    /// What the thread finds.
    enum Found: Equatable { case bytes(Int), nothing, end }

    private struct State: ~Copyable {
        var held = ByteBuffer()
        /// The writing side has said its last word.
        var isFinished = false
        /// The reading side wants no more.
        var isClosed = false
        /// The thread found no bytes, or no room, and paused.
        var threadWaits = false
        var task: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>
    private let bytesMax: Int
    /// Tells the thread to go on with its transfer.
    private let wake: @Sendable () -> Void

    init(bytesMax: Int, wake: @escaping @Sendable () -> Void) {
        self.bytesMax = bytesMax
        self.wake = wake
        state = Mutex(State())
    }

    // The task's end.

    /// Returns when there is room for more; false if nobody wants more.
    func write(_ bytes: ByteString) async -> Bool {
        let wakesThread = state.withLock { state in
            if !state.isClosed { state.held.append(bytes) }
            return BytePipe.clearWait(&state)
        }
        if wakesThread { wake() }
        await waitWhile { $0.held.count > bytesMax && !$0.isClosed }
        return state.withLock { !$0.isClosed }
    }

    /// No more bytes follow.
    func finish() {
        let (task, wakesThread) = state.withLock { state in
            state.isFinished = true
            return (BytePipe.takeTask(&state), BytePipe.clearWait(&state))
        }
        if wakesThread { wake() }
        task?.resume()
    }

    /// All bytes that have come together, at least one; nil at the end.
    func read() async -> ByteString? {
        await waitWhile { $0.held.isEmpty && !$0.isFinished && !$0.isClosed }
        let (bytes, wakesThread) = state.withLock { state in
            let bytes = ByteString(takingAll: &state.held)
            return (bytes, BytePipe.clearWait(&state))
        }
        if wakesThread { wake() }
        return bytes.isEmpty ? nil : bytes
    }

    // The thread's end.

    /// Copies what fits into `room`.
    func take(into room: UnsafeMutableRawBufferPointer) -> Found {
        let bytesMax = room.count
        let (bytes, isFinished, task) = state.withLock { state in
            let bytes = BytePipe.takeFirst(bytesMax, of: &state.held)
            let hasRoom = state.held.count <= self.bytesMax / 2
            state.threadWaits = bytes.isEmpty && !state.isFinished
            return (bytes, state.isFinished, hasRoom ? BytePipe.takeTask(&state) : nil)
        }
        task?.resume()
        if bytes.isEmpty { return isFinished ? .end : .nothing }
        unsafe bytes.withBytes { unsafe room.copyMemory(from: $0) }
        return .bytes(bytes.count)
    }

    /// Takes `bytes` or, if there is no room for them now, nothing.
    func put(_ bytes: ByteString) -> Bool {
        let (isTaken, task) = state.withLock { state in
            if state.isClosed { return (true, nil as CheckedContinuation<Void, Never>?) }
            state.threadWaits = state.held.count >= bytesMax
            if state.threadWaits { return (false, nil) }
            state.held.append(bytes)
            return (true, BytePipe.takeTask(&state))
        }
        task?.resume()
        return isTaken
    }

    /// The reading side ends: bytes held are dropped, whoever waits goes on.
    func close() {
        let task = state.withLock { state in
            state.isClosed = true
            state.held.release()
            return BytePipe.takeTask(&state)
        }
        task?.resume()
    }

    private func waitWhile(_ condition: @Sendable (borrowing State) -> Bool) async {
        await withTaskCancellationHandler {
            while !Task.isCancelled, state.withLock({ condition($0) }) {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        let isReady = !condition(state)
                        if !isReady { state.task = continuation }
                        return isReady
                    }
                    if isReady { continuation.resume() }
                }
            }
        } onCancel: {
            state.withLock { BytePipe.takeTask(&$0) }?.resume()
        }
    }

    private static func takeTask(_ state: inout State) -> CheckedContinuation<Void, Never>? {
        let task = state.task
        state.task = nil
        return task
    }

    private static func takeFirst(_ bytesMax: Int, of held: inout ByteBuffer) -> ByteString {
        let count = min(bytesMax, held.count)
        let bytes = unsafe ByteString(
            copying: UnsafeRawBufferPointer(rebasing: held.readable[..<count]))
        held.consume(count)
        return bytes
    }

    private static func clearWait(_ state: inout State) -> Bool {
        let waits = state.threadWaits
        state.threadWaits = false
        return waits
    }
}

extension ByteString {
    /// Everything `buffer` holds, without copying; the buffer is empty afterwards.
    init(takingAll buffer: inout ByteBuffer) {
        var taken = ByteBuffer()
        swap(&taken, &buffer)
        self = taken.freeze()
    }
}
