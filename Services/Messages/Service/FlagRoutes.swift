import Bytes
import HTTP
import JSON
import MessagesAPI
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

extension Messages {
    // swift-format-ignore
    var flagRoutes: [Route] {[
        .post ("/api/posts/{id}/flags", flag).by(.member("posts:write")).limited(.react),
        // Also for moderators of categories, who are members elsewhere.
        .get  ("/api/posts/flags",      listFlags).by(.member("posts:moderate")),
        .get  ("/api/posts/flags/{id}", showFlag).by(.member("posts:moderate")),
        .patch("/api/posts/flags/{id}", resolve).by(.member("posts:moderate")),
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

    /// The flags in one state, `state=open` unless said otherwise, the oldest first; those of their
    /// categories for who keeps order there alone.
    func listFlags(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(try request.member())
        let state = try request.query().word("state", Flag.State.self) ?? .open
        let filters = ["state=\(state.rawValue)"]
        let found = { (connection: borrowing Connection, border: ListBorder) in
            ListRows(try flags(state, border, for: viewer, connection))
        }
        let place = { (flag: Flag) in (key: Cursor.Key.none, id: flag.id.rawValue) }
        if viewer.isModerator {
            return try store.list(
                request, filters: filters, tag: { try $0.one(Queries.flagsEnd) }, found: found,
                place: place)
        }
        // The number of all flags is not theirs to know, so no tag may be made of it.
        return try store.personalList(request, filters: filters, found: found, place: place)
    }

    private func flags(
        _ state: Flag.State, _ border: ListBorder, for viewer: Viewer,
        _ connection: borrowing Connection
    ) throws -> [Flag] {
        let sight = try keeper(viewer, connection)
        let all = sight.categories.map { "\($0)" }.joined(separator: ",")
        let categories = viewer.isModerator ? nil : "[\(all)]"
        let query = border.isBackward ? Queries.flagsBefore : Queries.flagsAfter
        return try connection.all(
            query, state.code, border.number, border.rowsWanted, categories)
    }

    func showFlag(_ request: borrowing Request) throws -> Response {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Flag.self).rawValue
        let flag = try store.snapshot { connection in
            try flagged(id, keeper(viewer, connection), connection).flag
        }
        return try .json(flag, for: request)
    }

    /// Decides a flag. To remove the message decides all other open flags of it as well; to lock
    /// its thread is asked of the threads service, which hears of it by the feed.
    func resolve(_ request: borrowing Request) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Flag.self).rawValue
        let verdict = try request.decode(Verdict.self)
        let state: Flag.State = verdict.decision == .accepted ? .accepted : .rejected
        return try await keyed.write(request) { transaction in
            let sight = try keeper(viewer, transaction)
            let (flag, row) = try flagged(id, sight, transaction)
            guard flag.state == .open else {
                throw APIError(.conflict, "flag \(id) was \(flag.state.rawValue)")
            }
            let now = transaction.now
            try transaction.run(Queries.resolveFlag, id, state.code, viewer.user, now)
            switch verdict.action {
            case .none: break
            case .lock:
                try Outbox.append(
                    .lockAsked(row.message.thread, by: viewer.user, for: flag, at: now),
                    in: transaction)
            case .remove:
                let post = flag.post.rawValue
                try transaction.run(Queries.resolveFlagsOf, post, state.code, viewer.user, now)
                try MessageChange(row: row, sight: sight)
                    .remove(reason: flag.reason.rawValue, transaction)
            }
            try transaction.run(Queries.noteFlag)
            var writer = JSONWriter()
            writer.record(try transaction.one(Queries.flag, id))
            return .json(writer.finish(), cache: .personal)
        }
    }

    /// What somebody sees who keeps order, in the forum or in a category; throws 403 for others.
    private func keeper<Source: Reader & ~Copyable>(
        _ viewer: Viewer, _ reader: borrowing Source
    ) throws -> Sight {
        let sight = try sight(viewer, reader)
        guard viewer.isModerator || !sight.categories.isEmpty else {
            throw APIError(.forbidden, "this needs the role moderator, or a category of one's own")
        }
        return sight
    }

    /// A flag with its message; throws 404 for one of a place where the viewer does not keep order.
    private func flagged<Source: Reader & ~Copyable>(
        _ id: Int64, _ sight: Sight, _ reader: borrowing Source
    ) throws -> (flag: Flag, row: MessageRow) {
        guard let flag = try reader.first(Queries.flag, id),
            let row = try reader.first(Queries.byID, flag.post.rawValue), sight.moderates(row)
        else { throw APIError.notFound("flag \(id)") }
        return (flag, row)
    }
}
