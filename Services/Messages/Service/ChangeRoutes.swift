import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
import Routing
import SQLite
import TopicsAPI
import UsersAPI

extension Messages {
    // swift-format-ignore
    var changeRoutes: [Route] {[
        .post  ("/api/posts",               create).by(.member("posts:write")).limited(.post),
        .patch ("/api/posts/{id}",          edit).by(.member("posts:write")).needsIfMatch(),
        .delete("/api/posts/{id}",          delete).by(.member("posts:write")),
        .post  ("/api/posts/{id}/restore",  restore).by(.member("posts:write")),
        .post  ("/api/posts/preview",       .repeatable, preview).by(.member("posts:write")),
        .post  ("/api/posts/{id}/move",     move).by(.moderator("posts:moderate")),
    ]}

    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let submission = try request.decode(Submission.self)
        if let user = submission.user, user.rawValue != viewer.user {
            throw APIError.validation(
                "user", "not-you", "leave it out: the token says who posts")
        }
        let new = NewMessage(
            thread: submission.thread, text: submission.text, user: ID(viewer.user),
            replyTo: submission.replyTo)
        let vouched = try await vouch(for: new.thread, viewer)
        return try await keyed.write(request) { transaction in
            let sight = try sight(viewer, transaction)
            try admit(viewer, sight, to: new.thread, vouched: vouched, transaction)
            let id = try Messages.add(new, transaction).id.rawValue
            let post = try post(transaction.one(Queries.byID, id), sight, transaction)
            return .created(post, at: "/api/posts/\(id)", etag: post.etag)
        }
    }

    func edit(_ request: borrowing Request) async throws -> KeyedAnswer {
        let patch = try request.decode(MessagePatch.self)
        return try await change(request) { change, transaction in
            guard let text = patch.text else { return }
            try change.edit(text, reason: patch.reason, transaction)
        }
    }

    /// Keeps the message in its place, where its author and moderators still read it; with
    /// `purge=1` an admin removes it for good.
    func delete(_ request: borrowing Request) async throws -> KeyedAnswer {
        let isPurge = try request.query().integer("purge", in: 0...1) == 1
        if isPurge { return try await purge(request) }
        let deletion =
            request.body.bytes.isEmpty ? Deletion() : try request.decode(Deletion.self)
        return try await change(request) { change, transaction in
            try change.delete(reason: deletion.reason, transaction)
        }
    }

    func restore(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await change(request) { change, transaction in try change.restore(transaction) }
    }

    func move(_ request: borrowing Request) async throws -> KeyedAnswer {
        let thread = try request.decode(Destination.self).thread
        let viewer = Viewer(try request.member())
        let vouched = try await vouch(for: thread, viewer)
        return try await change(request) { change, transaction in
            try admit(viewer, change.sight, to: thread, vouched: vouched, transaction)
            try change.move(to: thread, transaction)
        }
    }

    /// What a text would look like.
    func preview(_ request: borrowing Request) async throws -> Preview {
        let text = try request.decode(Draft.self).text
        return Preview(try store.snapshot { try Interpretation(text, in: 0, $0) })
    }

    private func purge(_ request: borrowing Request) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        guard viewer.role == .admin else {
            throw APIError(.forbidden, "removing for good needs the role admin")
        }
        let id = try request.id("id", as: Message.self).rawValue
        let match = request.match()
        return try await keyed.write(request) { transaction in
            let sight = try sight(viewer, transaction)
            let row = try row(id, sight, transaction)
            try match.require(post(row, sight, transaction).etag)
            try MessageChange(row: row, sight: sight).purge(transaction)
            return .noContent
        }
    }

    /// Carries out one change of the message in the path by a member who sees it, if the message
    /// is still as the request knows it; answers with what it became.
    func change(
        _ request: borrowing Request,
        _ body: @escaping @Sendable (MessageChange, borrowing Transaction) throws -> Void
    ) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Message.self).rawValue
        let match = request.match()
        return try await keyed.write(request) { transaction in
            let sight = try sight(viewer, transaction)
            let row = try row(id, sight, transaction)
            let shown = try post(row, sight, transaction)
            try match.require(shown.etag, current: .string(shown.message.text))
            try body(MessageChange(row: row, sight: sight), transaction)
            return try answer(transaction.one(Queries.byID, id), sight, transaction)
        }
    }

    private func answer(
        _ row: MessageRow, _ sight: Sight, _ transaction: borrowing Transaction
    ) throws -> Response {
        let post = try post(row, sight, transaction)
        var writer = JSONWriter()
        writer.record(post)
        return .json(writer.finish(), etag: post.etag, cache: .personal)
    }
}
