/// The listener a connection came through: its slot in the routing table, and its port for the next hop.
package struct ListenerPort: Sendable {
    package let slot: Int
    package let port: UInt16

    package init(slot: Int, port: UInt16) {
        self.slot = slot
        self.port = port
    }
}
