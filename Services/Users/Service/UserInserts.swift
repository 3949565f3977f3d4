import Bytes
import Records
import Routing
import SQLite
import UsersAPI

/// Inserts users within one transaction.
struct UserInserts {
    private var ids: IDSequence<User>

    init(_ transaction: borrowing Transaction) throws {
        ids = IDSequence(last: try transaction.one(Users.Queries.lastID))
    }

    /// A new user with the next id unless one is given; nil when the id or the username is in use.
    mutating func add(
        _ new: NewUser, id: ID<User>? = nil, joinedAt: Timestamp? = nil, role: Role = .member,
        _ transaction: borrowing Transaction
    ) throws -> User? {
        var user = User(
            id: try id ?? ids.next(), username: new.username, name: new.name, bio: new.bio,
            joinedAt: joinedAt ?? Timestamp(milliseconds: transaction.now), version: 1)
        user.role = role
        try transaction.run(
            Users.Queries.insert, user.id.rawValue, user.username, user.name, user.bio,
            user.joinedAt.milliseconds, role.rawValue)
        guard transaction.changes == 1 else { return nil }
        // What others tell may have come before the user.
        try ActivityCounts.recounted(user.id.rawValue, transaction).keep(user.id, transaction)
        ids.insert(user.id)
        return user
    }

    /// Adds the user of a line, unless it is already there.
    mutating func load(
        _ line: UserLine, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        if let user = try add(line.new, id: line.id, joinedAt: line.joinedAt, transaction) {
            return .added(user.id.rawValue)
        }
        let name = try transaction.first(Users.Queries.byUsername, line.new.username)
        if let name {
            return line.says(name)
                ? .unchanged(name.id.rawValue)
                : .conflict("username '\(name.username)' belongs to user \(name.id.rawValue)")
        }
        return .conflict("user \(line.id?.rawValue ?? 0) is there with another username")
    }

    /// Tells readers of lists about rows that did not go to the end. Called once, at the end.
    func finish(_ transaction: borrowing Transaction) throws {
        if ids.isOutOfOrder { try transaction.run(Users.Queries.noteChange) }
    }
}
