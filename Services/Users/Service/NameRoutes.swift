import Bytes
import HTTP
import Records
import Routing
import SQLite
import UsersAPI

// Users by their names, and other names for them.
extension Users {
    /// A name that somebody had until lately leads to the one that it has now.
    func named(_ request: borrowing Request) throws -> Response {
        let name = try request.path("username")
        let now = request.context.arrivedAtMilliseconds
        let found = try store.snapshot { reader -> (user: User, isFormer: Bool)? in
            if let user = try reader.first(Queries.byUsername, name) { return (user, false) }
            guard let id = try reader.first(Queries.formerName, name, now),
                let user = try reader.first(Queries.byID, id)
            else { return nil }
            return (user, true)
        }
        guard let found, found.user.state != .deleted else {
            throw APIError.notFound("somebody called '\(name)'")
        }
        guard found.isFormer else {
            return try .json(found.user, for: request, etag: found.user.etag)
        }
        return Response(
            .movedPermanently,
            fields: [
                .location: "/api/users/by-name/\(found.user.username)",
                .cacheControl: CachePolicy.revalidated.text,
            ])
    }

    /// Cards of those whose usernames begin so: for completion while somebody types.
    func search(_ request: borrowing Request) throws -> [UserCard] {
        guard let prefix = try request.query().text("q"), !prefix.isEmpty else {
            throw APIError.malformed("'q' is the beginning of a username")
        }
        let limit = try request.query().integer("limit", in: NameLimits.searched)
        guard prefix.utf8.allSatisfy(UserLimits.isUsernameByte) else { return [] }
        // Greater than every character that a username can have.
        let end = prefix + "~"
        let rows = Int(limit ?? NameLimits.searched.upperBound)
        return try store.read { try $0.all(Queries.usersBetween, prefix, end, rows) }.map {
            Account(user: $0, sessionVersion: 0, ban: nil).card
        }
    }

    /// The former name leads here for a while, and is nobody else's meanwhile.
    func rename(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        _ = try request.ownerOrAdmin(id)
        let name = try request.decode(NewUsername.self).username
        let match = request.match()
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            try Users.requireFree(name, besides: id, at: transaction.now, in: transaction)
            var former = name
            let account = try Account.change(id, transaction) { account in
                try match.require(account.user.etag)
                former = account.user.username
                account.user.username = name
            }
            if former != name {
                try Users.keep(former, besides: name, id, transaction)
                try audit.note(.username, id, before: former, after: name, transaction)
            }
            return .edited(account.user)
        }
    }

    private static func keep(
        _ former: String, besides name: String, _ id: ID<User>,
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Queries.removeFormerName, name)
        try transaction.run(Queries.removeExpiredNames, id.rawValue, transaction.now)
        // Another spelling of the same name leads to itself.
        if former.lowercased() == name.lowercased() { return }
        let kept = try transaction.all(
            Queries.formerNamesOf, id.rawValue, transaction.now, NameLimits.formerMax)
        guard kept.count < NameLimits.formerMax else {
            throw APIError(.conflict, "the name was changed too often; wait some weeks")
        }
        try transaction.run(
            Queries.addFormerName, former, id.rawValue,
            transaction.now + NameLimits.formerMilliseconds)
    }
}
