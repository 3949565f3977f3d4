import Routing
import Synchronization

/// A progress that the test moves by hand, without any clock.
final class Followed: SourceProgress {
    private struct State {
        var reached: [String: Int64] = [:]
        var staleness: [String: Int] = [:]
        var isPatient = true
        var waiting: [(source: String, position: Int64, CheckedContinuation<Bool, Never>)] = []
        var arrivals: [(count: Int, CheckedContinuation<Void, Never>)] = []
        var milliseconds: [Int] = []

        /// Answers at once or lets wait; gives back who waited for that.
        mutating func add(
            _ source: String, _ position: Int64, _ continuation: CheckedContinuation<Bool, Never>
        ) -> [CheckedContinuation<Void, Never>] {
            let isReached = (reached[source] ?? .max) >= position
            if isReached || !isPatient {
                continuation.resume(returning: isReached)
                return []
            }
            waiting.append((source, position, continuation))
            let arrived = arrivals.filter { $0.count <= waiting.count }
            arrivals.removeAll { $0.count <= waiting.count }
            return arrived.map(\.1)
        }
    }

    private let state = Mutex(State())

    init(_ reached: [String: Int64] = [:], staleness: [String: Int] = [:], isPatient: Bool = true) {
        state.withLock {
            $0.reached = reached
            $0.staleness = staleness
            $0.isPatient = isPatient
        }
    }

    /// For how long it was asked to wait, each time.
    var waits: [Int] { state.withLock { $0.milliseconds } }

    func hasReached(_ position: Int64, of source: String) -> Bool {
        state.withLock { ($0.reached[source] ?? .max) >= position }
    }

    func wait(until position: Int64, of source: String, milliseconds: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let arrived = state.withLock { state in
                state.milliseconds.append(milliseconds)
                return state.add(source, position, continuation)
            }
            for arrival in arrived { arrival.resume() }
        }
    }

    func stalenessSeconds(of source: String) -> Int? { state.withLock { $0.staleness[source] } }

    /// An event has come.
    func advance(_ source: String, to position: Int64) {
        let done = state.withLock { state in
            state.reached[source] = position
            let done = state.waiting.filter { $0.source == source && $0.position <= position }
            state.waiting.removeAll { $0.source == source && $0.position <= position }
            return done
        }
        for one in done { one.2.resume(returning: true) }
    }

    /// Time is up for whoever waits.
    func giveUp() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.2.resume(returning: false) }
    }

    /// Returns once so many wait.
    func areWaiting(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isSo = state.withLock { state in
                let isSo = state.waiting.count >= count
                if !isSo { state.arrivals.append((count, continuation)) }
                return isSo
            }
            if isSo { continuation.resume() }
        }
    }
}
