import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import UsersAPI

// What moderators and admins do about members.
extension Users {
    /// By admins and the operator. The last admin stays one, or nobody could undo it.
    func setRole(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        let role = try request.decode(RoleChange.self).role
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            let before = try Account.find(id, in: transaction)
            if before.user.role == .admin, role != .admin {
                try Users.requireOtherAdmin(than: id, transaction)
            }
            let account = try Account.change(id, transaction) { $0.user.role = role }
            if account != before {
                try audit.note(
                    .role, id, before: before.user.role.rawValue, after: role.rawValue,
                    transaction)
            }
            return .edited(account.user)
        }
    }

    static func requireOtherAdmin(
        than id: ID<User>, _ transaction: borrowing Transaction
    ) throws {
        if try transaction.first(Queries.otherAdmin, id.rawValue) == nil {
            throw APIError(.conflict, "this is the last admin; make another one first")
        }
    }

    func bans(_ request: borrowing Request) throws -> [BanRecord] {
        let id = try request.id("id", as: User.self)
        return try store.snapshot { reader in
            _ = try Account.find(id, in: reader)
            return try reader.all(Queries.bansOf, id.rawValue, ModerationLimits.bansShown)
        }
    }

    /// Nobody bans a peer. A ban from everything ends every session; one that nobody needs to wait
    /// for the end of is seen in the state of the user.
    func ban(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        let actor = try request.member()
        let new = try request.decode(NewBan.self)
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            if let until = new.until, until.milliseconds <= transaction.now {
                throw APIError.validation("until", "out-of-range", "this time has passed")
            }
            try Users.requireAbove(actor, id, transaction)
            let account = try Account.find(id, in: transaction)
            if account.isBanned(at: transaction.now) {
                throw APIError(.conflict, "user \(id.rawValue) is banned already; lift that first")
            }
            try transaction.run(Queries.liftBans, id.rawValue, transaction.now)
            let ban = try transaction.one(
                Queries.addBan, id.rawValue, new.reach.rawValue, new.reason,
                new.until?.milliseconds, actor.user, transaction.now)
            try Account.change(id, transaction) { $0.apply(new) }
            if new.reach == .all { try SessionWrites.endAll(of: id, transaction) }
            try audit.note(.ban, id, after: new.reach.rawValue, transaction)
            return .created(ban, at: "/api/users/\(id.rawValue)/bans")
        }
    }

    /// Lifting one that is lifted changes nothing.
    func liftBan(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("ban", as: BanRecord.self)
        let actor = try request.member()
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            guard let ban = try transaction.first(Queries.ban, id.rawValue) else {
                throw APIError.notFound("ban \(id.rawValue)")
            }
            try Users.requireAbove(actor, ban.user, transaction)
            if ban.liftedAt != nil { return .noContent }
            try transaction.run(Queries.liftBans, ban.user.rawValue, transaction.now)
            try Account.change(ban.user, transaction) { account in
                account.ban = nil
                if account.user.state == .banned { account.user.state = .active }
            }
            try audit.note(.lift, ban.user, before: ban.reach.rawValue, transaction)
            return .noContent
        }
    }

    /// Throws 403 unless the actor's role is above that of the user.
    private static func requireAbove(
        _ actor: Caller, _ id: ID<User>, _ transaction: borrowing Transaction
    ) throws {
        let role = try Account.find(id, in: transaction).user.role
        guard actor.role > role else {
            throw APIError(.forbidden, "only somebody above a \(role.rawValue) may do that")
        }
    }
}

extension Account {
    /// What a new ban makes of an account.
    fileprivate mutating func apply(_ new: NewBan) {
        ban = Ban(new.reach, untilMilliseconds: new.until?.milliseconds)
        if new.reach == .all {
            sessionVersion += 1
            if new.until == nil { user.state = .banned }
        }
    }
}
