import HTTP
import Synchronization

/// An answer that comes once and may be waited for, before or after.
final class Outcome: Sendable {
    typealias Value = Result<ClientResponse, TransportError>

    private struct State {
        var value: Value?
        var waiting: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    /// The first value stays.
    func settle(_ value: Value) {
        let waiting = state.withLock { state in
            if state.value == nil { state.value = value }
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for task in waiting { task.resume(returning: value) }
    }

    /// Waits for the value. `onCancel` sees to it that one comes soon.
    func wait(onCancel: @escaping @Sendable () -> Void) async -> Value {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let value = state.withLock { state in
                    if state.value == nil { state.waiting.append(continuation) }
                    return state.value
                }
                if let value { continuation.resume(returning: value) }
            }
        } onCancel: {
            onCancel()
        }
    }
}
