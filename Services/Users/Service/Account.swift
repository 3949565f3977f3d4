import Bytes
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

/// A user with what decides about access: what the store keeps in one row and tells the others.
struct Account: Equatable, Sendable {
    var user: User
    var sessionVersion: Int64
    /// The latest ban that nobody lifted; it may be over.
    var ban: Ban?
    /// Set for a change of what lies in another table.
    var isTouched = false

    /// The account; throws 404 where there never was one and 410 for a deleted one.
    static func find<Source: Reader & ~Copyable>(
        _ id: ID<User>, in reader: borrowing Source
    ) throws -> Account {
        guard let account = try reader.first(Users.Queries.account, id.rawValue) else {
            throw APIError.notFound("user \(id.rawValue)")
        }
        if account.user.state == .deleted { throw APIError.deleted(id) }
        return account
    }

    /// Carries out `body` on the account and, if that changed it, keeps it one version further and
    /// tells the other services, all in this transaction.
    @discardableResult
    static func change(
        _ id: ID<User>, _ transaction: borrowing Transaction,
        _ body: (inout Account) throws -> Void
    ) throws -> Account {
        var account = try find(id, in: transaction)
        let before = account
        try body(&account)
        if account == before { return account }
        account.isTouched = false
        account.user.version += 1
        try account.write(transaction)
        try Outbox.append(account.told.event, in: transaction)
        try transaction.run(Users.Queries.noteChange)
        return account
    }

    /// Whether a ban is in force.
    func isBanned(_ reach: Ban.Reach? = nil, at now: Int64) -> Bool {
        guard let ban, reach == nil || ban.reach == reach else { return false }
        return ban.untilMilliseconds.map { $0 > now } ?? true
    }

    /// What other services are told.
    var told: UserChange { UserChange(card: card, standing: standing) }

    var card: UserCard {
        UserCard(
            id: user.id.rawValue, version: user.version, username: user.username, name: user.name,
            avatar: user.avatar, state: user.state.told)
    }

    var standing: Standing {
        Standing(
            sessionVersion: sessionVersion, state: user.state.told, role: user.role, ban: ban,
            joinedAtMilliseconds: user.joinedAt.milliseconds)
    }

    private func write(_ transaction: borrowing Transaction) throws {
        try transaction.run(
            Users.Queries.update, user.id.rawValue, user.username, user.name, user.bio,
            user.version, user.state.rawValue, user.role.rawValue, user.location, user.website,
            user.signature, sessionVersion, ban?.reach.rawValue, ban?.untilMilliseconds)
    }
}

extension UserState {
    /// The state as other services know it.
    var told: AccountState {
        switch self {
        case .active: .active
        case .banned: .banned
        case .deleted: .deleted
        }
    }
}

extension APIError {
    /// 410: there was somebody.
    static func deleted(_ id: ID<User>) -> APIError {
        APIError(.gone, "user \(id.rawValue) was deleted")
    }
}
