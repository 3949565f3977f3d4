import Bytes
import HTTP
import Identity
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

// How somebody becomes a member.
extension Users {
    /// Registers whoever asks, unless registration is closed.
    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        let new = try request.decode(NewAccount.self)
        let door = try accounts.door(new.invite)
        let password = try Accounts.chosen(new.password, as: "password")
        let now = request.context.arrivedAtMilliseconds
        return try await writes.sealed(by: accounts.seal).write(
            request,
            after: {
                // Looked at again where it counts; here it saves a hash.
                try store.read { try Users.requireFree(new.user.username, at: now, in: $0) }
                return try await accounts.passwords.hash(password)
            },
            { transaction, hash in
                try Users.register(new, hash, door, transaction)
            })
    }

    private static func register(
        _ new: NewAccount, _ hash: PasswordHash, _ door: Accounts.Door,
        _ transaction: borrowing Transaction
    ) throws -> Response {
        var role = Role.member
        if case .setup(let digest) = door {
            if try transaction.first(Queries.isSetupUsed, digest.array) != nil {
                throw APIError(.forbidden, "the setup token was used before; sign in as that admin")
            }
            try transaction.run(Queries.useSetup, digest.array, transaction.now)
            role = .admin
        }
        let user = try add(new.user, role: role, transaction)
        try transaction.run(
            Queries.setCredential, user.id.rawValue, hash.text, transaction.now)
        if let email = new.email {
            try transaction.run(Queries.setEmail, user.id.rawValue, email)
        }
        return .created(user, at: user.path, etag: user.etag)
    }

    /// A new user, told to the other services.
    static func add(
        _ new: NewUser, role: Role = .member, _ transaction: borrowing Transaction
    ) throws -> User {
        try requireFree(new.username, at: transaction.now, in: transaction)
        var inserts = try UserInserts(transaction)
        guard var user = try inserts.add(new, role: role, transaction) else {
            throw APIError.taken(new.username)
        }
        user.role = role
        let account = Account(user: user, sessionVersion: 1, ban: nil)
        try Outbox.append(account.told.event, in: transaction)
        return user
    }

    /// Throws `validation` if somebody is called so, or was until lately.
    static func requireFree<Source: Reader & ~Copyable>(
        _ username: String, besides user: ID<User>? = nil, at now: Int64,
        in reader: borrowing Source
    ) throws {
        let own = user?.rawValue ?? 0
        if let other = try reader.first(Queries.byUsername, username), other.id.rawValue != own {
            throw APIError.taken(username)
        }
        let digest = DeletionWrites.digest(username).array
        if try reader.first(Queries.reservedName, digest, now) != nil {
            throw APIError.taken(username)
        }
        if let former = try reader.first(Queries.formerName, username, now), former != own {
            throw APIError.taken(username)
        }
    }
}

extension Accounts {
    /// By which door somebody comes in.
    enum Door: Sendable {
        case open
        /// With the setup token of this digest.
        case setup(ByteString)
    }

    /// The door that opens for whoever brings `invite`; throws 403 if none does.
    func door(_ invite: String?) throws(APIError) -> Door {
        if let invite {
            let token = ByteString(invite)
            if let setup, setup.matches(token) { return .setup(Digest.sha256(token)) }
            throw .validation("invite", "unknown", "this invitation opens nothing")
        }
        guard registration == .open else {
            throw APIError(.forbidden, "registration is closed; ask for an invitation")
        }
        return .open
    }
}

extension APIError {
    /// 422: the name is somebody's.
    static func taken(_ username: String) -> APIError {
        .validation("username", "taken", "'\(username)' is in use")
    }
}

extension User {
    /// Where it lives.
    var path: String { "/api/users/\(id.rawValue)" }
}
