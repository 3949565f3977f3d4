import Glibc
import Reactor

/// One line of the table that `forum up` prints.
struct ProcessRow: Equatable, Sendable {
    let name: String
    let address: SocketAddress?
    let pid: pid_t?
    let state: String

    /// The table of a whole stack: where clients go comes first.
    static func table(_ rows: [ProcessRow], _ plan: StackPlan) -> TextTable {
        var table = TextTable(["service", "address", "pid", "state"])
        for row in rows {
            if plan.admin != nil, row.name == "gateway" {
                table.add(row.cells(plan.entry.reachable, row.name))
                table.add(row.cells(plan.admin, "admin"))
            } else {
                table.add(row.cells(row.address, row.name))
            }
        }
        return table
    }

    private func cells(_ address: SocketAddress?, _ name: String) -> [String] {
        [name, address.map { "http://\($0)" } ?? "-", pid.map { "\($0)" } ?? "-", state]
    }
}
