import Synchronization

/// Wakes everybody who waits for something to happen.
///
/// Who waits takes the generation first, then looks whether it has happened already, then waits
/// since that generation: what happens in between is not missed.
package final class FeedSignal: Sendable {
    private struct State {
        var generation = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<Int> = []
        var lastNumber = 0
    }

    private let state = Mutex(State())

    /// Nobody waits.
    package init() {}

    /// How often it was raised.
    package var generation: Int { state.withLock { $0.generation } }

    /// How many wait now.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// It has happened.
    package func raise() {
        let waiting = state.withLock { state in
            state.generation += 1
            defer { state.waiting.removeAll(keepingCapacity: true) }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// Returns once it was raised after `generation`, after so many milliseconds, or when the task
    /// is cancelled.
    package func wait(since generation: Int, milliseconds: Int, _ clock: FeedClock) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(since: generation) }
            group.addTask { await clock.sleep(milliseconds) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(since generation: Int) async {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    let isCancelled = state.cancelled.remove(number) != nil
                    if isCancelled || state.generation != generation { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            cancel(number)
        }
        state.withLock { _ = $0.cancelled.remove(number) }
    }

    private func cancel(_ number: Int) {
        let continuation = state.withLock { state in
            let continuation = state.waiting.removeValue(forKey: number)
            // Cancelled before it began to wait, or after it was woken, which it clears itself.
            if continuation == nil { state.cancelled.insert(number) }
            return continuation
        }
        continuation?.resume()
    }
}
