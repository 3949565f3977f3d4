import Bytes
import HTTP
import Identity
import JSON
import Records
import Routing
import SQLite
import UsersAPI

// Leaving, and coming back.
extension Users {
    /// By the user, who shows the password, and by admins. The answer is a job: the other services
    /// do their part when they hear of it.
    func delete(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        let caller = try request.ownerOrAdmin(id)
        let mode = try request.query().word("content", DeletionMode.self) ?? .anonymize
        if caller.user == id.rawValue { try await requirePassword(id, request) }
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            let job = try DeletionWrites.delete(id, mode, transaction)
            try audit.note(.delete, id, after: mode.rawValue, transaction)
            return .accepted(job, at: "/api/users/jobs/\(job.name)")
        }
    }

    private func requirePassword(
        _ id: ID<User>, _ request: borrowing Request
    ) async throws {
        let asked = try request.decode(Farewell.self)
        try accounts.countAttempt("#\(id.rawValue)", at: request.context.arrivedAtMilliseconds)
        let credential = try store.read { try $0.first(Queries.credential, id.rawValue) }
        guard case .right = try await accounts.check(asked.password, against: credential) else {
            throw APIError(.forbidden, "the password is another one")
        }
    }

    /// For admins: who was deleted has nothing left to ask with.
    func job(_ request: borrowing Request) throws -> Response {
        let name = try request.path("job")
        let job = try store.read { reader in
            try Job.id(name).flatMap { try reader.first(Queries.job, $0.rawValue) }
        }
        guard let job else { throw APIError.notFound("job \(name)") }
        return try .json(job, for: request, cache: .personal)
    }

    func restore(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: User.self)
        let audit = Audit(request)
        return try await writes.write(request) { transaction in
            let account = try DeletionWrites.restore(id, transaction)
            try audit.note(.restore, id, transaction)
            return .edited(account.user)
        }
    }

    /// To be called every few minutes: keys that are due, and what is to be forgotten by now.
    package func upkeep(nowSeconds: Int64) async throws {
        try accounts.issuer.upkeep(nowSeconds: nowSeconds)
        try await store.write { try DeletionWrites.forgetOld($0) }
    }
}

extension Response {
    /// A 202: it is being done.
    fileprivate static func accepted(_ job: Job, at location: String) -> Response {
        var writer = JSONWriter(capacity: 256)
        writer.record(job)
        return Response(
            .accepted,
            fields: [
                .contentType: Response.jsonType, .location: location,
                .cacheControl: CachePolicy.personal.text,
            ], body: .bytes(writer.finish()))
    }
}
