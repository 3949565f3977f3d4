import Bytes
import HTTP
import Identity
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

// Tokens that members make for programs of their own.
extension Users {
    func apiTokens(_ request: borrowing Request) throws -> [APIToken] {
        let caller = try request.member()
        return try store.read { try $0.all(Queries.tokensOf, caller.user) }
    }

    /// The one answer that has the token in it.
    func addToken(_ request: borrowing Request) async throws -> KeyedAnswer {
        let caller = try request.member()
        let new = try request.decode(NewAPIToken.self)
        return try await writes.sealed(by: accounts.seal).write(request) { transaction in
            if let end = new.expiresAt, end.milliseconds <= transaction.now {
                throw APIError.validation("expiresAt", "out-of-range", "this time has passed")
            }
            let others = try transaction.all(Queries.tokensOf, caller.user)
            guard others.count < TokenLimits.tokensMax else {
                throw APIError(
                    .conflict, "there are \(others.count) tokens already; remove one first")
            }
            let secret = try OpaqueToken.random(.personal)
            let hash = Base64URL.encode(secret.digest)
            var token = try transaction.one(
                Queries.addToken, hash, caller.user, new.name,
                new.scopes.joined(separator: " "), transaction.now, new.expiresAt?.milliseconds)
            let card = APITokenCard(
                hash: hash, version: 1, user: caller.user, scopes: new.scopes,
                expiresAtMilliseconds: new.expiresAt?.milliseconds, isRevoked: false)
            try Outbox.append(card.event, in: transaction)
            token.text = secret.text
            return .secret(
                token, .created, at: "/api/users/me/tokens/\(token.id.rawValue)")
        }
    }

    /// Opens nothing from now on, elsewhere as soon as the others have heard of it.
    func removeToken(_ request: borrowing Request) async throws -> KeyedAnswer {
        let caller = try request.member()
        let id = try request.id("token", as: APIToken.self)
        return try await writes.write(request) { transaction in
            guard try Users.revoke(id, of: ID(caller.user), transaction) else {
                throw APIError.notFound("token \(id.rawValue)")
            }
            return .noContent
        }
    }

    /// False if the user has no such token.
    static func revoke(
        _ id: ID<APIToken>, of user: ID<User>, _ transaction: borrowing Transaction
    ) throws -> Bool {
        let card = try transaction.first(Queries.revokeToken, id.rawValue, user.rawValue)
        guard let card else { return false }
        try Outbox.append(card.event, in: transaction)
        return true
    }
}
