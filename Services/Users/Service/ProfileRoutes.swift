import Bytes
import HTTP
import Identity
import JSON
import Records
import Routing
import SQLite
import UsersAPI

// What members see and change of themselves.
extension Users {
    func me(_ request: borrowing Request) throws -> Response {
        let id = ID<User>(try request.member().user)
        let now = request.context.arrivedAtMilliseconds
        let me = try store.snapshot { reader in
            let account = try Account.find(id, in: reader)
            let email = try reader.first(Queries.email, id.rawValue)
            let bans =
                account.isBanned(at: now) ? try reader.all(Queries.bansOf, id.rawValue, 1) : []
            return Me(
                user: account.user, email: email?.address,
                isEmailVerified: email?.isVerified ?? false, bans: bans)
        }
        return try .json(me, for: request, etag: me.user.etag, cache: .personal)
    }

    /// By the user and by admins; other admins' changes are on record.
    func edit(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        let caller = try request.ownerOrAdmin(id)
        let patch = try request.decode(ProfilePatch.self)
        let match = request.match()
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            let account = try Account.change(id, transaction) { account in
                try match.require(account.user.etag)
                patch.apply(to: &account.user)
                account.isTouched = try Users.setEmail(patch.email, id, transaction)
            }
            if caller.user != id.rawValue { try audit.note(.profile, id, transaction) }
            return .edited(account.user)
        }
    }

    /// Whether that changed anything.
    private static func setEmail(
        _ patch: JSONPatch<String>, _ user: ID<User>, _ transaction: borrowing Transaction
    ) throws -> Bool {
        switch patch {
        case .unchanged: return false
        case .removed: try transaction.run(Queries.removeEmail, user.rawValue)
        case .set(let address): try transaction.run(Queries.setEmail, user.rawValue, address)
        }
        return transaction.changes > 0
    }

    /// Ends every other session, and the access tokens of this one, too: it goes on with its
    /// refresh token.
    func changePassword(_ request: borrowing Request) async throws -> KeyedAnswer {
        let caller = try request.member()
        let id = ID<User>(caller.user)
        let asked = try request.decode(PasswordChange.self)
        let password = try Accounts.chosen(asked.new, as: "new")
        let session = caller.session.flatMap(Session.id)
        let credential = try store.read { try $0.first(Queries.credential, id.rawValue) }
        guard case .right = try await accounts.check(asked.current, against: credential) else {
            throw APIError(.forbidden, "the current password is another one")
        }
        let hash = try await accounts.passwords.hash(password)
        return try await writes.write(request) { transaction in
            guard try transaction.first(Queries.credential, id.rawValue) == credential else {
                throw APIError(.conflict, "the password was changed meanwhile")
            }
            try transaction.run(
                Queries.setCredential, id.rawValue, hash.text, transaction.now)
            try Account.change(id, transaction) { $0.sessionVersion += 1 }
            try SessionWrites.endAll(of: id, but: session, transaction)
            return .noContent
        }
    }
}

extension Request {
    /// The caller, if it is the user itself or an admin; throws 403 for others.
    borrowing func ownerOrAdmin(_ id: ID<User>) throws(APIError) -> Caller {
        let caller = try member()
        if caller.user == id.rawValue || caller.role == .admin { return caller }
        throw APIError(.forbidden, "only this user and admins may do that")
    }
}

extension Response {
    /// A 200 with the user as it is now, whose tag the next edit needs.
    static func edited(_ user: User) -> Response {
        var writer = JSONWriter(capacity: 512)
        writer.record(user)
        return .json(writer.finish(), etag: user.etag, cache: .personal)
    }
}
