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
        .get ("/api/posts/{id}/history",              history).reads("threads"),
        .get ("/api/posts/{id}/history/{rev}",        revision).reads("threads"),
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
                try legibleRow(id, viewer, connection).etag(for: viewer)
            },
            rows: { connection, border in
                let message = try legibleRow(id, viewer, connection).message
                if message.edits == 0 {
                    return border.row == nil ? [Revision(original: message)] : []
                }
                let (key, rows) = (border.number, border.rowsWanted)
                return border.isBackward
                    ? try connection.all(Queries.revisionsBefore, id, key, rows)
                    : try connection.all(Queries.revisionsAfter, id, key, rows)
            },
            place: { (.integer($0.rev), $0.rev) })
    }

    func revision(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let rev = try request.id("rev", as: Revision.self).rawValue
        let viewer = Viewer(request)
        let (revision, etag) = try store.snapshot { connection -> (Revision, ETag) in
            let row = try legibleRow(id, viewer, connection)
            return (
                try Messages.revision(rev, of: row.message, connection), row.etag(for: viewer)
            )
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

    private func legibleRow(
        _ id: Int64, _ viewer: Viewer, _ reader: borrowing Connection
    ) throws -> MessageRow {
        let row = try row(id, sight(viewer, reader), reader)
        guard viewer.reads(row.message) else {
            throw APIError(
                .forbidden, "post \(id) is \(row.message.state.rawValue); moderators see it")
        }
        return row
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
