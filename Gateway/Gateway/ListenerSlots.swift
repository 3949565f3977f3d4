/// Numbers for listeners that stay the same across reloads: a connection knows its listener by
/// number, and finds that listener's rules in whatever table is published later. Pure.
package struct ListenerSlots {
    /// What makes a listener the same one after a reload. Several may ask for any free port: they
    /// are told apart by their order.
    private struct Key: Hashable {
        let address: String
        let port: UInt16
        let occurrence: Int
    }

    private var slots: [Key: Int] = [:]
    private var next = 0

    package init() {}

    /// The slot of each listener, in their order; new listeners get new slots.
    package mutating func assign(_ listeners: [Listener]) -> [Int] {
        var occurrences: [Key: Int] = [:]
        return listeners.map { listener in
            let plain = Key(address: listener.address, port: listener.port, occurrence: 0)
            let occurrence = occurrences[plain, default: 0]
            occurrences[plain] = occurrence + 1
            let key = Key(address: listener.address, port: listener.port, occurrence: occurrence)
            if let known = slots[key] { return known }
            defer { next += 1 }
            slots[key] = next
            return next
        }
    }
}
