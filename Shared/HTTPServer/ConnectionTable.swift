/// The open connections of one loop. Adding and removing take constant time.
struct ConnectionTable {
    private var connections: [Connection] = []

    var count: Int { connections.count }

    mutating func add(_ connection: Connection) {
        connection.tableIndex = connections.count
        connections.append(connection)
    }

    mutating func remove(_ connection: Connection) {
        let index = connection.tableIndex
        precondition(connections[index] === connection, "a connection knows its place")
        let last = connections.removeLast()
        guard last !== connection else { return }
        connections[index] = last
        last.tableIndex = index
    }

    /// Visits each connection that is open now, whatever the visits close.
    func forEach(_ visit: (Connection) -> Void) {
        for connection in connections { visit(connection) }
    }
}
