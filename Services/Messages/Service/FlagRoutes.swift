import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
import Routing
import SQLite
import UsersAPI

extension Messages {
    // swift-format-ignore
    var flagRoutes: [Route] {[
        .post ("/api/posts/{id}/flags", flag).by(.member("posts:write")).limited(.react),
        .get  ("/api/posts/flags",      listFlags).by(.moderator("posts:moderate")),
        .get  ("/api/posts/flags/{id}", showFlag).by(.moderator("posts:moderate")),
        .patch("/api/posts/flags/{id}", resolve).by(.moderator("posts:moderate")),
    ]}

    /// One flag for each member and message: the first one stands.
    func flag(_ request: borrowing Request) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Message.self).rawValue
        let complaint = try request.decode(Complaint.self)
        return try await keyed.write(request) { transaction in
            _ = try row(id, sight(viewer, transaction), transaction)
            if let held = try transaction.first(Queries.flagBy, id, viewer.user) {
                var writer = JSONWriter()
                writer.record(held)
                return .json(writer.finish(), cache: .personal)
            }
            let flag = try transaction.one(
                Queries.insertFlag, id, viewer.user, complaint.reason.rawValue, complaint.note,
                transaction.now)
            try transaction.run(Queries.noteFlag)
            return .created(flag, at: "/api/posts/flags/\(flag.id.rawValue)")
        }
    }

    /// The flags in one state, `state=open` unless said otherwise, the oldest first.
    func listFlags(_ request: borrowing Request) throws -> Response {
        let state = try request.query().word("state", Flag.State.self) ?? .open
        return try store.list(
            request, filters: ["state=\(state.rawValue)"],
            tag: { try $0.one(Queries.flagsEnd) },
            rows: { connection, border in
                let (key, rows) = (border.number, border.rowsWanted)
                return border.isBackward
                    ? try connection.all(Queries.flagsBefore, state.code, key, rows)
                    : try connection.all(Queries.flagsAfter, state.code, key, rows)
            },
            place: { (.none, $0.id.rawValue) })
    }

    func showFlag(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Flag.self).rawValue
        let flag = try store.read { try Messages.flag(id, $0) }
        return try .json(flag, for: request)
    }

    /// Decides a flag. To remove the message decides all other open flags of it as well.
    func resolve(_ request: borrowing Request) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Flag.self).rawValue
        let verdict = try request.decode(Verdict.self)
        let state: Flag.State = verdict.decision == .accepted ? .accepted : .rejected
        return try await keyed.write(request) { transaction in
            let flag = try Messages.flag(id, transaction)
            guard flag.state == .open else {
                throw APIError(.conflict, "flag \(id) was \(flag.state.rawValue)")
            }
            let now = transaction.now
            try transaction.run(Queries.resolveFlag, id, state.code, viewer.user, now)
            if verdict.action == .remove {
                let post = flag.post.rawValue
                try transaction.run(Queries.resolveFlagsOf, post, state.code, viewer.user, now)
                let row = try transaction.one(Queries.byID, post)
                try MessageChange(row: row, viewer: viewer)
                    .remove(reason: flag.reason.rawValue, transaction)
            }
            try transaction.run(Queries.noteFlag)
            var writer = JSONWriter()
            writer.record(try Messages.flag(id, transaction))
            return .json(writer.finish(), cache: .personal)
        }
    }

    private static func flag<Source: Reader & ~Copyable>(
        _ id: Int64, _ reader: borrowing Source
    ) throws -> Flag {
        guard let flag = try reader.first(Queries.flag, id) else {
            throw APIError.notFound("flag \(id)")
        }
        return flag
    }
}
