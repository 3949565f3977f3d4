import Bytes
import Identity
import JSON
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

/// What deleting and restoring a user does within one transaction.
enum DeletionWrites {
    /// The account opens nothing any more and shows nothing; the other services are told to do
    /// their part.
    static func delete(
        _ id: ID<User>, _ mode: DeletionMode, _ transaction: borrowing Transaction
    ) throws -> Job {
        let account = try Account.find(id, in: transaction)
        if account.user.role == .admin { try Users.requireOtherAdmin(than: id, transaction) }
        let job = try transaction.one(
            Users.Queries.addDeletion, id.rawValue, mode.rawValue, transaction.now)
        if mode != .erase { try keep(account.user, job, transaction) }
        try reserve(account.user.username, transaction)
        try removeAccess(id, transaction)
        if mode == .erase { try transaction.run(Users.Queries.removeBans, id.rawValue) }
        let ghost = try Account.change(id, transaction) { $0.becomeGhost() }
        try Outbox.tombstone(
            kind: UserChange.kind, key: .number(id.rawValue), body: ghost.told.event.body,
            in: transaction)
        try Outbox.append(deleted(job), in: transaction)
        try forgetOld(transaction)
        return job
    }

    /// Brings back what was kept; throws 409 for a user that is there, 410 when nothing is left.
    static func restore(
        _ id: ID<User>, _ transaction: borrowing Transaction
    ) throws -> Account {
        guard let account = try transaction.first(Users.Queries.account, id.rawValue) else {
            throw APIError.notFound("user \(id.rawValue)")
        }
        guard account.user.state == .deleted else {
            throw APIError(.conflict, "user \(id.rawValue) is not deleted")
        }
        guard let deletion = try transaction.first(Users.Queries.lastDeletion, id.rawValue),
            let profile = deletion.profile,
            transaction.now - deletion.createdAt < DeletionLimits.restorableMilliseconds
        else { throw APIError(.gone, "user \(id.rawValue) was deleted for good") }
        try transaction.run(
            Users.Queries.freeName, DeletionWrites.digest(profile.username).array)
        if let hash = profile.hash {
            try transaction.run(
                Users.Queries.setCredential, id.rawValue, hash, transaction.now)
        }
        if let email = profile.email {
            try transaction.run(Users.Queries.setEmail, id.rawValue, email)
        }
        try transaction.run(Users.Queries.restoreDeletion, deletion.id, transaction.now)
        return try Account.revive(account, transaction) { account in
            account.user.username = profile.username
            account.user.name = profile.name
            account.user.bio = profile.bio
            account.user.location = profile.location
            account.user.website = profile.website
            account.user.signature = profile.signature
            account.user.state = account.ban?.isForGood == true ? .banned : .active
        }
    }

    /// Forgets what can no longer be brought back.
    static func forgetOld(_ transaction: borrowing Transaction) throws {
        try transaction.run(
            Users.Queries.forgetDeletions,
            transaction.now - DeletionLimits.restorableMilliseconds)
    }

    /// What a name is reserved by, whatever its case.
    static func digest(_ username: String) -> ByteString {
        Digest.sha256(ByteString(username.utf8.map(ASCII.lowercased)))
    }

    private static func keep(
        _ user: User, _ job: Job, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Users.Queries.keepProfile, job.id.rawValue, user.username, user.name, user.bio,
            user.location, user.website, user.signature)
        try transaction.run(Users.Queries.keepCredential, job.id.rawValue, user.id.rawValue)
    }

    private static func reserve(
        _ username: String, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(
            Users.Queries.reserveName, digest(username).array,
            transaction.now + DeletionLimits.reservedMilliseconds)
    }

    /// Everything that opens something, and everything that says who it was.
    private static func removeAccess(
        _ id: ID<User>, _ transaction: borrowing Transaction
    ) throws {
        try SessionWrites.endAll(of: id, transaction)
        for token in try transaction.all(Users.Queries.tokensOf, id.rawValue) {
            _ = try Users.revoke(token.id, of: id, transaction)
        }
        try transaction.run(Users.Queries.removeCredential, id.rawValue)
        try transaction.run(Users.Queries.removeEmail, id.rawValue)
        try transaction.run(Users.Queries.removeFormerNames, id.rawValue)
        try transaction.run(Users.Queries.forgetNames, id.rawValue)
        try transaction.run(Users.Queries.forgetSeen, id.rawValue)
        try KeptAnswers.forget(user: id.rawValue, transaction)
    }

    private static func deleted(_ job: Job) -> Event {
        var writer = JSONWriter(capacity: 64)
        writer.beginObject()
        writer.key("id")
        writer.integer(job.user.rawValue)
        writer.key("mode")
        writer.string(job.mode.rawValue)
        writer.key("job")
        writer.integer(job.id.rawValue)
        writer.endObject()
        return .fact(
            "user.deleted", key: .text("\(job.user.rawValue):\(job.id.rawValue)"),
            body: writer.finish())
    }
}

extension Account {
    /// Nothing is left of who it was. The name in the store is one that nobody can choose.
    fileprivate mutating func becomeGhost() {
        user.username = "[deleted-\(user.id.rawValue)]"
        user.name = UserCard.deletedName
        user.bio = ""
        user.location = ""
        user.website = ""
        user.signature = ""
        user.role = .member
        user.state = .deleted
        sessionVersion += 1
    }
}

extension Ban {
    fileprivate var isForGood: Bool { reach == .all && untilMilliseconds == nil }
}
