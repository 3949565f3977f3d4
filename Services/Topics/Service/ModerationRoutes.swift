import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import TopicsAPI

// What moderators do with a topic, and its author with a topic of their own.
extension Topics {
    // swift-format-ignore
    var moderationRoutes: [Route] {[
        .put("/api/threads/{id}/lock",      lock).by(.member(Topics.writing)),
        .delete("/api/threads/{id}/lock",   unlock).by(.member(Topics.writing)),
        .put("/api/threads/{id}/pin",       pin).by(.member(Topics.writing)),
        .delete("/api/threads/{id}/pin",    unpin).by(.member(Topics.writing)),
        .put("/api/threads/{id}/answer",    markAnswer).by(.member(Topics.writing)),
        .delete("/api/threads/{id}/answer", unmarkAnswer).by(.member(Topics.writing)),
        .delete("/api/threads/{id}",        delete).by(.member(Topics.writing)),
        .post("/api/threads/{id}/restore",  restore).by(.member(Topics.writing)),
    ]}

    func lock(_ request: borrowing Request) async throws -> KeyedAnswer {
        let wish = try request.optionalMessage(LockRequest.self) ?? LockRequest()
        return try await moderate(request) { row, transaction in
            try Topics.requireFuture(wish.until, transaction)
            try transaction.run(
                Queries.lock, row.topic.id.rawValue, true, wish.until?.milliseconds, wish.reason)
        }
    }

    func unlock(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await moderate(request) { row, transaction in
            try transaction.run(Queries.lock, row.topic.id.rawValue, false, nil, nil)
        }
    }

    func pin(_ request: borrowing Request) async throws -> KeyedAnswer {
        let wish = try request.decode(PinRequest.self)
        let role = Viewer(request).role
        return try await moderate(request) { row, transaction in
            if wish.scope == .global, role < .moderator {
                throw APIError(.forbidden, "moderators of one category pin within it alone")
            }
            try Topics.requireFuture(wish.until, transaction)
            try transaction.run(
                Queries.pin, row.topic.id.rawValue, wish.scope.rawValue,
                wish.until?.milliseconds)
        }
    }

    func unpin(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await moderate(request) { row, transaction in
            try transaction.run(
                Queries.pin, row.topic.id.rawValue, PinScope.none.rawValue, nil)
        }
    }

    func markAnswer(_ request: borrowing Request) async throws -> KeyedAnswer {
        let mark = try request.decode(AnswerMark.self)
        return try await change(request) { row, viewer, transaction in
            try Topics.requireAuthorOrModerator(viewer, of: row, transaction)
            let post = try transaction.first(PostQueries.byID, mark.post)
            guard let post, post.topic == row.topic.id.rawValue, post.isVisible else {
                throw APIError.validation(
                    "post", "unknown", "post \(mark.post) is not in this thread")
            }
            try transaction.run(Queries.setAnswer, row.topic.id.rawValue, mark.post)
        }
    }

    func unmarkAnswer(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await change(request) { row, viewer, transaction in
            try Topics.requireAuthorOrModerator(viewer, of: row, transaction)
            try transaction.run(Queries.setAnswer, row.topic.id.rawValue, nil)
        }
    }

    /// Authors may while nobody has replied. With `purge=1` an admin leaves nothing of it.
    func delete(_ request: borrowing Request) async throws -> KeyedAnswer {
        if try request.query().text("purge") == "1" { return try await purge(request) }
        let wish = try request.optionalMessage(LockRequest.self)
        return try await change(request) { row, viewer, transaction in
            let isTheirs = row.topic.createdBy.rawValue == viewer.user && row.replyCount == 0
            if !isTheirs { try Topics.requireModerator(viewer, of: row, transaction) }
            try Topics.setState(row, .deleted, reason: wish?.reason, transaction)
        }
    }

    func restore(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await moderate(request) { row, transaction in
            guard row.topic.state == .deleted else {
                throw APIError(.conflict, "the thread is \(row.topic.state.rawValue)")
            }
            try Topics.setState(row, .visible, reason: nil, transaction)
        }
    }

    private func purge(_ request: borrowing Request) async throws -> KeyedAnswer {
        let id = try request.id("id", as: Topic.self)
        let viewer = Viewer(request)
        guard viewer.role == .admin else {
            throw APIError(.forbidden, "this needs the role admin")
        }
        let match = request.match()
        return try await writes.write(request) { transaction in
            let row = try Topics.row(id, for: viewer, transaction)
            try match.require(TopicView(own: row, at: transaction.now).etag)
            try Topics.purge(row, transaction)
            _ = try Topics.finish(id, transaction)
            return .noContent
        }
    }

    private func moderate(
        _ request: borrowing Request,
        _ body: @escaping @Sendable (TopicRow, borrowing Transaction) throws -> Void
    ) async throws -> KeyedAnswer {
        try await change(request) { row, viewer, transaction in
            try Topics.requireModerator(viewer, of: row, transaction)
            try body(row, transaction)
        }
    }

    private static func requireAuthorOrModerator(
        _ viewer: Viewer, of row: TopicRow, _ transaction: borrowing Transaction
    ) throws {
        if row.topic.createdBy.rawValue == viewer.user { return }
        try requireModerator(viewer, of: row, transaction)
    }

    private static func requireFuture(
        _ until: Timestamp?, _ transaction: borrowing Transaction
    ) throws {
        guard let until, until.milliseconds <= transaction.now else { return }
        throw APIError.validation("until", "past", "a time that is still to come")
    }
}

/// Which message answers a question.
struct AnswerMark: JSONDecodable {
    let post: Int64

    init(from fields: inout JSONFields) {
        post = fields.requiredInteger("post", in: 1...Int64.max)
    }
}

extension Request {
    /// The message in the body; nil for an empty one.
    borrowing func optionalMessage<Message: JSONDecodable>(
        _ type: Message.Type
    ) throws -> Message? {
        body.bytes.isEmpty ? nil : try decode(type)
    }
}
