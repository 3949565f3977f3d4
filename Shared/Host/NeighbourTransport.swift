import HTTP
import HTTPClient
import Reactor
import Synchronization

/// A way to whichever instance of a service answers: the one that did last time, before any other.
///
/// An instance that was killed stays in the registry until its lease ends, and one that hangs for
/// as long as it does. Whoever picked one of them at random would miss every second answer.
struct NeighbourTransport: HTTPTransport {
    /// Not empty.
    let addresses: [SocketAddress]
    let pool: LoopBound<UpstreamPool>
    let experience: Experience

    /// Asks one instance after the other for as long as the request certainly had no effect.
    func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse {
        var ordered = experience.order(addresses)
        while true {
            let address = ordered.removeFirst()
            do throws(TransportError) {
                let answer = try await SocketTransport(to: address, pool: pool).send(request)
                experience.answered(address)
                return answer
            } catch {
                if Task.isCancelled { throw error }
                experience.failed(address)
                guard error.isRetryable, !ordered.isEmpty else { throw error }
            }
        }
    }

    /// What became of the latest requests to one service.
    final class Experience: Sendable {
        private struct State {
            var good: SocketAddress?
            var bad: SocketAddress?
        }

        private let state = Mutex(State())

        /// The one that answered first, the one that failed last, the others at random.
        func order(_ addresses: [SocketAddress]) -> [SocketAddress] {
            let (good, bad) = state.withLock { ($0.good, $0.bad) }
            let others = addresses.filter { $0 != good && $0 != bad }.shuffled()
            let first = addresses.filter { $0 == good }
            let last = addresses.filter { $0 == bad && $0 != good }
            return first + others + last
        }

        func answered(_ address: SocketAddress) {
            state.withLock { state in
                state.good = address
                if state.bad == address { state.bad = nil }
            }
        }

        func failed(_ address: SocketAddress) {
            state.withLock { state in
                state.bad = address
                if state.good == address { state.good = nil }
            }
        }
    }
}
