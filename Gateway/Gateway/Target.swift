package import Bytes
package import Reactor
import Synchronization

/// One place requests can go to. It keeps its identity, and with it its counters, for as long as
/// the same instance stays registered at the same address, whatever is reloaded around it.
package final class Target: Sendable {
    /// The instance's identifier in the registry, or `address:port` for a fixed target.
    package let id: String
    package let address: SocketAddress
    /// `address:port` as it stands in logs, labels and a `Host` field.
    package let label: ByteString
    /// Requests on their way, counted by each loop on its own line of memory.
    private let inFlightByLoop: [LoopCounter]

    package init(id: String, address: SocketAddress, loops: Int) {
        self.id = id
        self.address = address
        label = ByteString(address.description)
        inFlightByLoop = (0..<loops).map { _ in LoopCounter() }
    }

    /// Requests on their way now. Exact for the asking loop, a moment old for the others.
    package var inFlight: Int {
        inFlightByLoop.reduce(0) { $0 + $1.value.load(ordering: .relaxed) }
    }

    /// A request is on its way. Only `loop` itself may say so.
    package func begin(on loop: Int) {
        inFlightByLoop[loop].value.wrappingAdd(1, ordering: .relaxed)
    }

    /// It has ended, whichever way.
    package func end(on loop: Int) {
        inFlightByLoop[loop].value.wrappingSubtract(1, ordering: .relaxed)
    }
}

/// A counter that one loop writes. Wide enough that two of them do not share a cache line.
private final class LoopCounter: Sendable {
    let value = Atomic<Int>(0)
    /// The allocation begins with the object header; this fills the rest of the line.
    private let padding: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
}
