import JSON
package import Outbox
package import SQLite
import UsersAPI

/// Follows another service to hear when it has done its part of a deletion.
package struct CascadeProjection: Projection {
    /// `threads` or `posts`.
    package let source: String
    package let kinds: Set<String> = ["cascade.done"]
    package let snapshotKinds: [String] = []

    /// Said twice it is the same.
    package func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        let user = try CascadeDone.decode(event.body).user
        switch source {
        case "threads": try transaction.run(Users.Queries.threadsDone, user)
        case "posts": try transaction.run(Users.Queries.postsDone, user)
        default: preconditionFailure("nobody else does a part")
        }
    }

    /// There is no snapshot of facts: what was done stays done.
    package func mark(in transaction: borrowing Transaction) throws {}

    package func sweep(in transaction: borrowing Transaction) throws {}
}

/// The body of `cascade.done`.
private struct CascadeDone: JSONDecodable {
    let user: Int64

    init(from fields: inout JSONFields) {
        user = fields.requiredInteger("user", in: 1...Int64.max)
    }
}

extension Users {
    /// Whom this service follows.
    package var projections: [any Projection] {
        [CascadeProjection(source: "threads"), CascadeProjection(source: "posts")]
    }
}
