import Bytes
package import Outbox
import SQLite
import Synchronization

/// Walks all users again and again, a few at a time, and recounts what hangs on other services'
/// events. What it finds is repaired and counted: any number but 0 is a defect in the counting.
package final class ActivityAudit: Sendable {
    private let users: Users
    private let place = Atomic<Int64>(0)
    private let found = Atomic<Int>(0)

    /// Begins with the first user.
    package init(_ users: Users) { self.users = users }

    /// Users whose counts were not what a recount says, since the start of the process.
    package var drifted: Int { found.load(ordering: .relaxed) }

    /// Recounts the next few users, or begins anew.
    package func step() async throws {
        let after = place.load(ordering: .relaxed)
        let (drifted, last) = try await users.store.write { transaction -> (Int, Int64?) in
            let ids = try transaction.all(
                Users.ActivityQueries.auditable, after, ListLimits.auditedUsersMax)
            var drifted = 0
            for id in ids {
                let counts = try ActivityCounts.recounted(id, transaction)
                if try !counts.keep(ID(id), transaction) { drifted += 1 }
            }
            return (drifted, ids.count < ListLimits.auditedUsersMax ? nil : ids.last)
        }
        found.wrappingAdd(drifted, ordering: .relaxed)
        place.store(last ?? 0, ordering: .relaxed)
    }
}

extension Users {
    /// Whom this service follows.
    package var projections: [any Projection] { [ThreadActivity(), PostActivity()] }
}
