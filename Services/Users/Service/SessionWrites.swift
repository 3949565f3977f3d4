import Bytes
import Identity
import Records
import Routing
import SQLite
import UsersAPI

/// What is done to sessions within one transaction.
enum SessionWrites {
    /// Where somebody signs in.
    struct Origin: Sendable {
        let address: String
        let agent: String
    }

    /// Throws for a refresh token that was used before: somebody has it who should not.
    struct Reuse: Error {
        let session: Int64
    }

    /// A new session of `account` with its first tokens; the oldest beyond the limit ends.
    static func begin(
        _ account: Account, _ origin: Origin, _ issuer: TokenIssuer,
        _ transaction: borrowing Transaction
    ) throws -> TokenSet {
        let user = account.user.id.rawValue
        try transaction.run(
            Users.Queries.beginSession, user, transaction.now, origin.address, origin.agent)
        let session = transaction.lastInsertedRowID
        try noteSeen(user, transaction)
        let surplus = try transaction.all(
            Users.Queries.surplusSessions, user, SessionLimits.sessionsMax)
        for old in surplus { try end(old, transaction) }
        return try tokens(account, session, issuer, transaction)
    }

    /// New tokens for the session that `token` belongs to. Throws `Reuse`, and 401 for a token that
    /// is unknown, too old, or somebody's who may not sign in any more.
    static func refresh(
        _ token: OpaqueToken, _ issuer: TokenIssuer, _ transaction: borrowing Transaction
    ) throws -> TokenSet {
        let digest = token.digest.array
        guard let known = try transaction.first(Users.Queries.refreshToken, digest),
            let owned = try transaction.first(Users.Queries.session, known.session)
        else { throw APIError.refreshRefused }
        if known.usedAt != nil { throw Reuse(session: known.session) }
        guard transaction.now - known.issuedAt < SessionLimits.refreshMilliseconds else {
            throw APIError.refreshRefused
        }
        let account = try Account.find(ID(owned.user), in: transaction)
        try account.requireMaySignIn(at: transaction.now)
        try transaction.run(Users.Queries.useRefreshToken, digest, transaction.now)
        try transaction.run(Users.Queries.useSession, known.session, transaction.now)
        try noteSeen(owned.user, transaction)
        try transaction.run(
            Users.Queries.removeOldRefreshTokens, known.session,
            transaction.now - SessionLimits.refreshMilliseconds)
        return try tokens(account, known.session, issuer, transaction)
    }

    /// Ends one session: its refresh tokens open nothing any more, its access tokens end by
    /// themselves.
    static func end(_ session: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Users.Queries.removeRefreshTokens, session)
        try transaction.run(Users.Queries.removeSession, session)
    }

    /// Ends a session that somebody else has tokens of, and every access token of its user: the
    /// other sessions go on with their refresh tokens.
    static func endStolen(_ session: Int64, _ transaction: borrowing Transaction) throws {
        guard let owned = try transaction.first(Users.Queries.session, session) else { return }
        try end(session, transaction)
        try Account.change(ID(owned.user), transaction) { $0.sessionVersion += 1 }
    }

    /// Ends the sessions of a user, but for one. Access tokens end with the version of sessions,
    /// which is the caller's to raise.
    static func endAll(
        of user: ID<User>, but kept: ID<Session>? = nil, _ transaction: borrowing Transaction
    ) throws {
        let others = try transaction.all(
            Users.Queries.otherSessions, user.rawValue, kept?.rawValue ?? 0)
        for session in others { try end(session, transaction) }
    }

    /// That the user is there, so coarsely that it costs a write now and then.
    private static func noteSeen(_ user: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            Users.Queries.noteSeen, user, transaction.now,
            transaction.now - SessionLimits.seenMilliseconds)
        if transaction.changes > 0 { try transaction.run(Users.Queries.noteTouch) }
    }

    private static func tokens(
        _ account: Account, _ session: Int64, _ issuer: TokenIssuer,
        _ transaction: borrowing Transaction
    ) throws -> TokenSet {
        let refresh = try OpaqueToken.random(.refresh)
        try transaction.run(
            Users.Queries.addRefreshToken, refresh.digest.array, session, transaction.now)
        let name = Session.name(ID(session))
        let grant = TokenGrant(
            subject: account.user.id.rawValue, session: name, version: account.sessionVersion,
            roles: [account.user.role.rawValue])
        return TokenSet(
            accessToken: try issuer.token(grant, nowSeconds: transaction.now / 1000),
            expiresInSeconds: TokenSigner.lifetimeSeconds, refreshToken: refresh.text,
            refreshExpiresInSeconds: SessionLimits.refreshMilliseconds / 1000, session: name)
    }
}

extension Account {
    /// Throws 403 for whoever is banned from everything: a token would open nothing.
    func requireMaySignIn(at now: Int64) throws(APIError) {
        if let ban, isBanned(.all, at: now) { throw .banned(ban) }
    }
}

extension APIError {
    /// 401, the same for every reason.
    static var refreshRefused: APIError {
        APIError(.unauthenticated, "this refresh token opens nothing; sign in again")
    }

    /// 401, the same for a name that nobody has and for a wrong password.
    static var wrongCredentials: APIError {
        APIError(.invalidCredentials, "the username or the password is wrong")
    }
}
