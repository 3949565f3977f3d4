import Synchronization

/// A clock that moves only when told to, and says when somebody sleeps.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let wake: CheckedContinuation<Void, any Error>
    }

    private typealias Condition = @Sendable (borrowing State) -> Bool

    private struct State {
        var now = Instant(offset: .zero)
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var next = 0
        var waiting: [(holds: Condition, CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state -> (any Error)?? in
                    if state.cancelled.remove(number) != nil { return .some(CancellationError()) }
                    if deadline <= state.now { return .some(nil) }
                    state.sleepers[number] = Sleeper(deadline: deadline, wake: continuation)
                    return nil
                }
                switch isOver {
                case nil: tellWaiting()
                case .some(nil): continuation.resume()
                case .some(.some(let error)): continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let sleeper = state.sleepers.removeValue(forKey: number) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return sleeper
            }
            sleeper?.wake.resume(throwing: CancellationError())
        }
    }

    /// Moves the time and wakes whoever has slept long enough.
    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.wake)
        }
        for sleeper in woken { sleeper.resume() }
    }

    /// Returns once `count` tasks sleep.
    func sleepers(_ count: Int) async { await wait { $0.sleepers.count >= count } }

    /// Returns once a task sleeps for exactly `duration` from now.
    func sleeper(for duration: Duration) async {
        await wait { state in
            let end = state.now.advanced(by: duration)
            return state.sleepers.values.contains { $0.deadline == end }
        }
    }

    private func wait(until holds: @escaping Condition) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if holds(state) { return true }
                state.waiting.append((holds, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func tellWaiting() {
        let told = state.withLock { state in
            let told = state.waiting.filter { $0.holds(state) }
            state.waiting = state.waiting.filter { !$0.holds(state) }
            return told.map(\.1)
        }
        for continuation in told { continuation.resume() }
    }
}
