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
    var historyRoutes: [Route] {[
        .get ("/api/posts/{id}/history",              store.kept(history)).reads("threads")
            .reads("users", as: ["by"], of: ShownRevision.self),
        .get ("/api/posts/{id}/history/{rev}",        revision).reads("threads")
            .reads("users", as: ["by"], of: ShownRevision.self),
        .post("/api/posts/{id}/history/{rev}/revert", revert)
            .by(.moderator("posts:moderate")).needsIfMatch(),
    ]}

    /// Every text the message had, the first one first.
    func history(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let viewer = Viewer(request)
        return try store.list(
            request, sort: "rev", filters: ["post=\(id)"],
            tag: { connection in
                let sight = try sight(viewer, connection)
                return sight.etag("h", try row(id, sight, connection).message)
            },
            rows: { connection, border in
                let message = try row(id, sight(viewer, connection), connection).message
                let rows = try Messages.revisions(of: message, border, connection)
                return try rows.map { try $0.shown(of: message, connection) }
            },
            place: { (.integer($0.revision.rev), $0.revision.rev) })
    }

    func revision(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let rev = try request.id("rev", as: Revision.self).rawValue
        let viewer = Viewer(request)
        let (revision, etag) = try store.snapshot { connection -> (ShownRevision, ETag) in
            let sight = try sight(viewer, connection)
            let message = try row(id, sight, connection).message
            let revision = try Messages.revision(rev, of: message, connection)
            return (try revision.shown(of: message, connection), sight.etag("h", message))
        }
        return try .json(revision, for: request, etag: etag)
    }

    /// An edit that brings back an earlier text.
    func revert(_ request: borrowing Request) async throws -> KeyedAnswer {
        let rev = try request.id("rev", as: Revision.self).rawValue
        return try await change(request) { change, transaction in
            let old = try Messages.revision(rev, of: change.row.message, transaction)
            try change.edit(old.text, reason: "back to revision \(rev)", transaction)
        }
    }

    private static func revisions(
        of message: Message, _ border: ListBorder, _ reader: borrowing Connection
    ) throws -> [Revision] {
        if message.edits == 0 {
            return border.row == nil ? [Revision(original: message)] : []
        }
        let (id, key, rows) = (message.id.rawValue, border.number, border.rowsWanted)
        return border.isBackward
            ? try reader.all(Queries.revisionsBefore, id, key, rows)
            : try reader.all(Queries.revisionsAfter, id, key, rows)
    }

    private static func revision<Source: Reader & ~Copyable>(
        _ rev: Int64, of message: Message, _ reader: borrowing Source
    ) throws -> Revision {
        if rev == 1, message.edits == 0 { return Revision(original: message) }
        guard let revision = try reader.first(Queries.revision, message.id.rawValue, rev) else {
            throw APIError.notFound("revision \(rev) of post \(message.id.rawValue)")
        }
        return revision
    }
}
