import Synchronization

/// The listener a connection came through: its slot in the routing table, and its port for the next
/// hop.
package final class ListenerPort: Sendable {
    package let slot: Int
    private let number: Atomic<UInt16>

    package init(slot: Int, port: UInt16) {
        self.slot = slot
        number = Atomic(port)
    }

    /// The port that clients connect to.
    package var port: UInt16 { number.load(ordering: .relaxed) }

    /// The port the system chose, once it is known.
    func becomes(_ port: UInt16) { number.store(port, ordering: .relaxed) }
}
