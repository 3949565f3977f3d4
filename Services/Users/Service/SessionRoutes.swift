import Bytes
import HTTP
import Identity
import JSON
import Records
import Routing
import SQLite
import UsersAPI

// Signing in, going on, signing out.
extension Users {
    /// Takes as long for a name that nobody has as for a wrong password, and says the same.
    func signIn(_ request: borrowing Request) async throws -> KeyedAnswer {
        let asked = try request.decode(SignIn.self)
        try accounts.countAttempt(asked.username, at: request.context.arrivedAtMilliseconds)
        let origin = SessionWrites.Origin(request)
        let store = store
        return try await writes.sealed(by: accounts.seal).write(
            request, after: { try await accounts.recognise(asked, store) },
            { transaction, recognised in
                let now = try transaction.first(Queries.credential, recognised.credential.user)
                // Another password was chosen while this one was looked at.
                guard now == recognised.credential else { throw APIError.wrongCredentials }
                let id = ID<User>(recognised.credential.user)
                let account = try Account.find(id, in: transaction)
                try account.requireMaySignIn(at: transaction.now)
                if let renewed = recognised.renewed {
                    try transaction.run(
                        Queries.setCredential, id.rawValue, renewed.text, transaction.now)
                }
                let tokens = try SessionWrites.begin(
                    account, origin, accounts.issuer, transaction)
                return .secret(tokens, .created, at: "/api/users/sessions/\(tokens.session)")
            })
    }

    /// Changes a refresh token for new tokens. One that was used before ends the session, unless
    /// the same request comes again within seconds because its answer was lost.
    func refresh(_ request: borrowing Request) async throws -> KeyedAnswer {
        let asked = try request.decode(RefreshRequest.self)
        guard let token = OpaqueToken(asked.refreshToken), token.kind == .refresh else {
            throw APIError.refreshRefused
        }
        do {
            try requireNotLongUsed(token, at: request.context.arrivedAtMilliseconds)
            return try await writes.sealed(by: accounts.seal).write(request) { transaction in
                .secret(try SessionWrites.refresh(token, accounts.issuer, transaction), .ok)
            }
        } catch let reuse as SessionWrites.Reuse {
            // A commit of its own: what is thrown undoes the one it is thrown in.
            try await store.write { try SessionWrites.endStolen(reuse.session, $0) }
            throw APIError.refreshRefused
        }
    }

    /// The answer that is kept for a repetition is given for seconds only.
    private func requireNotLongUsed(_ token: OpaqueToken, at now: Int64) throws {
        let known = try store.read {
            try $0.first(Queries.refreshToken, token.digest.array)
        }
        if let known, let usedAt = known.usedAt, now - usedAt > SessionLimits.graceMilliseconds {
            throw SessionWrites.Reuse(session: known.session)
        }
    }

    func sessions(_ request: borrowing Request) throws -> [Session] {
        let caller = try request.member()
        // Whose refresh token is too old by now is over, though nobody has ended it.
        let over = request.context.arrivedAtMilliseconds - SessionLimits.refreshMilliseconds
        return try store.read { try $0.all(Queries.sessionsOf, caller.user, over) }.map { session in
            var session = session
            session.isCurrent = session.name == caller.session
            return session
        }
    }

    func endSession(_ request: borrowing Request) async throws -> KeyedAnswer {
        let caller = try request.member()
        let asked = try request.path("session")
        let name = asked == "current" ? caller.session ?? "" : asked
        return try await writes.write(request) { transaction in
            guard let id = Session.id(name),
                let owned = try transaction.first(Queries.session, id.rawValue),
                owned.user == caller.user
            else { throw APIError.notFound("session \(asked)") }
            try SessionWrites.end(id.rawValue, transaction)
            return .noContent
        }
    }

    /// Everywhere: the access tokens, too, as soon as the others have heard of it.
    func endSessions(_ request: borrowing Request) async throws -> KeyedAnswer {
        let user = ID<User>(try request.member().user)
        return try await writes.write(request) { transaction in
            try Account.change(user, transaction) { $0.sessionVersion += 1 }
            try SessionWrites.endAll(of: user, transaction)
            return .noContent
        }
    }

    /// The keys of this issuer, for five minutes: a new one is published an hour before it signs.
    func keySet(_ request: borrowing Request) throws -> Response {
        let now = request.context.arrivedAtMilliseconds / 1000
        let json = accounts.issuer.published(nowSeconds: now).json
        let etag = ETag(hashing: json)
        let fields: Fields = [
            .contentType: Response.jsonType, .etag: etag.text,
            .cacheControl: "public, max-age=\(KeySetRefresh.intervalSeconds)",
        ]
        if request.isHeld(etag) { return Response(.notModified, fields: fields) }
        return Response(.ok, fields: fields, body: .bytes(json))
    }
}

extension Accounts {
    /// An account whose password was given.
    struct Recognised: Sendable {
        let credential: Credential
        /// To be kept instead, because a guess has to cost more by now.
        let renewed: PasswordHash?
    }

    /// Whose password it is; throws 401.
    func recognise(_ asked: SignIn, _ store: Store) async throws -> Recognised {
        let credential = try store.read {
            try $0.first(Users.Queries.credentialOfName, asked.username)
        }
        let verdict = try await check(asked.password, against: credential)
        guard let credential, case .right(let needsRehash) = verdict else {
            throw APIError.wrongCredentials
        }
        guard needsRehash, let password = Password(entered: asked.password) else {
            return Recognised(credential: credential, renewed: nil)
        }
        return Recognised(
            credential: credential, renewed: try await passwords.hash(password))
    }
}

extension SessionWrites.Origin {
    /// Where `request` comes from and what its client calls itself.
    init(_ request: borrowing Request) {
        address = request.clientAddress.text
        let agent = (request["User-Agent"] ?? "").unicodeScalars
        self.agent = String(
            String.UnicodeScalarView(agent.prefix(UserLimits.agentCharacters)))
    }
}

extension Response {
    /// A record that nobody may keep (RFC 6749 §5.1).
    static func secret<Record: JSONRecord>(
        _ record: Record, _ status: Status, at location: String? = nil
    ) -> Response {
        var writer = JSONWriter(capacity: 1024)
        writer.record(record)
        var response = Response(
            status,
            fields: [
                .contentType: Response.jsonType, .cacheControl: CachePolicy.personal.text,
            ], body: .bytes(writer.finish()))
        if let location { response.fields.append(.location, location) }
        return response
    }
}
