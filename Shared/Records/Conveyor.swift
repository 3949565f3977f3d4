import Synchronization

/// What gathers on a conveyor until somebody takes it.
package protocol Load: Sendable {
    init()
    var isEmpty: Bool { get }
    /// Whether whoever adds has to wait until it is taken.
    var isFull: Bool { get }
    /// Adds everything in `other` at the end.
    mutating func append(_ other: consuming Self)
}

/// Lets one task gather while another works off what was gathered before: who takes gets everything
/// that has come meanwhile, so a slow taker gets few large loads and a fast one many small ones,
/// and nothing waits for a timer.
final class Conveyor<Cargo: Load>: Sendable {
    private struct State {
        var gathered = Cargo()
        var isFinished = false
        var isAbandoned = false
        var giver: CheckedContinuation<Void, Never>?
        var taker: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Adds to what is gathered, and waits while there is too much of it. False when nobody will
    /// take anything any more.
    func add(_ cargo: sending Cargo) async -> Bool {
        let taker = state.withLock { state in
            state.gathered.append(cargo)
            return state.taker.take()
        }
        taker?.resume()
        await waitForRoom()
        return state.withLock { !$0.isAbandoned }
    }

    /// Everything gathered since the last call, waiting for something if need be; nil at the end.
    func take() async -> Cargo? {
        await waitForCargo()
        let (cargo, giver) = state.withLock { state in
            let cargo = state.gathered
            state.gathered = Cargo()
            return (cargo, state.giver.take())
        }
        giver?.resume()
        return cargo.isEmpty ? nil : cargo
    }

    /// Nothing more will be added.
    func finish() {
        let taker = state.withLock { state in
            state.isFinished = true
            return state.taker.take()
        }
        taker?.resume()
    }

    /// Nothing more will be taken.
    func abandon() {
        let giver = state.withLock { state in
            state.isAbandoned = true
            return state.giver.take()
        }
        giver?.resume()
    }

    private func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                if !state.gathered.isFull || state.isAbandoned { return true }
                state.giver = continuation
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }

    private func waitForCargo() async {
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                if !state.gathered.isEmpty || state.isFinished { return true }
                state.taker = continuation
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }
}
