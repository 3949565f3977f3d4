import Foundation
import Outbox
import SQLite

/// A clock that moves only when told to.
///
/// Unchecked: `state` is touched only under the lock, which is one that the thread sanitizer knows.
final class ManualClock: @unchecked Sendable {
    private struct State {
        var now: Int64 = 1_767_225_600_000
        var sleepers: [Int: (deadline: Int64, wake: CheckedContinuation<Void, Never>)] = [:]
        var cancelled: Set<Int> = []
        var last = 0
    }

    private let lock = NSLock()
    private var state = State()

    private func locked<R>(_ body: (inout State) -> R) -> R { lock.withLock { body(&state) } }

    var now: Int64 { locked { $0.now } }
    var sleepers: Int { locked { $0.sleepers.count } }

    /// How long the one who sleeps longest still has to.
    var longestSleep: Int64 {
        locked { state in
            state.sleepers.values.map { $0.deadline - state.now }.max() ?? 0
        }
    }

    func advance(_ milliseconds: Int64) {
        let due = locked { state in
            state.now += milliseconds
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.wake)
        }
        for wake in due { wake.resume() }
    }

    func pass(_ milliseconds: Int) async {
        let number = locked { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = locked { state in
                    if state.cancelled.remove(number) != nil || milliseconds <= 0 { return true }
                    state.sleepers[number] = (state.now + Int64(milliseconds), wake)
                    return false
                }
                if isOver { wake.resume() }
            }
        } onCancel: {
            let wake = locked { state in
                let sleeper = state.sleepers.removeValue(forKey: number)
                if sleeper == nil { state.cancelled.insert(number) }
                return sleeper?.wake
            }
            wake?.resume()
        }
    }

    var feedClock: FeedClock { FeedClock(now: { self.now }, sleep: { await self.pass($0) }) }

    var settings: StoreSettings {
        var settings = StoreSettings()
        settings.clock = { self.now }
        return settings
    }
}

/// Lets other tasks run until `condition` holds.
func until(_ condition: () throws -> Bool) async rethrows {
    while try !condition() { await Task.yield() }
}
