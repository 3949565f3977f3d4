import Bytes
import HTTP
import Routing
import SQLite
import UsersAPI

/// The record of what was done to accounts by whom, kept in the transaction that does it.
struct Audit: Sendable {
    /// Nil: the operator.
    let actor: Int64?

    init(_ request: borrowing Request) { actor = request.caller?.user }

    enum Action: String, Sendable {
        case role
        case ban
        case lift
        case profile
        case username
        case delete
        case restore
    }

    /// Notes what `target` was before and what it is now, in words that name nobody.
    func note(
        _ action: Action, _ target: ID<User>, before: String? = nil, after: String? = nil,
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Users.Queries.addAudit, transaction.now, actor, action.rawValue, target.rawValue,
            before, after)
    }
}
