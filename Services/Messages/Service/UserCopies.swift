import JSON
import Outbox
import Records
import SQLite

/// Follows the users service: its cards, and the accounts whose traces have to go.
struct UserCopies: Projection {
    /// The users service, as the wire calls it.
    static let sourceName = "users"

    private static let deleted = "user.deleted"

    let source = UserCopies.sourceName
    let cards = UserCards()

    var kinds: Set<String> { cards.kinds.union([UserCopies.deleted]) }
    var snapshotKinds: [String] { cards.snapshotKinds }

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        guard event.kind == UserCopies.deleted else {
            return try cards.apply(event, in: transaction)
        }
        let deletion = try AccountDeletion.decode(event.body)
        try transaction.run(
            Messages.Queries.beginCascade, deletion.user, deletion.mode.rawValue, deletion.job)
        try KeptAnswers.forget(user: deletion.user, transaction)
    }

    func mark(in transaction: borrowing Transaction) throws { try cards.mark(in: transaction) }

    func sweep(in transaction: borrowing Transaction) throws { try cards.sweep(in: transaction) }
}

/// The body of `user.deleted`.
private struct AccountDeletion: JSONDecodable {
    let user: Int64
    let mode: CascadeMode
    /// Which deletion of the account it is; 0 if that is not said.
    let job: Int64

    init(from fields: inout JSONFields) {
        user = fields.requiredInteger("id", in: 1...Int64.max)
        mode = fields.requiredWord("mode", CascadeMode.self)
        job = fields.optionalInteger("job", in: 1...Int64.max) ?? 0
    }
}

/// What is to become of what somebody wrote.
enum CascadeMode: String, Sendable, CaseIterable {
    /// All stays; the author is shown as a ghost.
    case keep
    /// Texts stay, names in other texts go.
    case anonymize
    /// Texts, their history and reactions go as well.
    case erase
}
