import Bytes
import JSON
import MessagesAPI
import Records
import SQLite
import TextDiff

/// One text that a message had.
struct Revision: Equatable, Sendable {
    /// 1 is the text it was posted with; the last is the present one.
    let rev: Int64
    /// Who wrote this text.
    let user: Int64
    let at: Timestamp
    let reason: String?
    let text: String

    init(rev: Int64, user: Int64, at: Timestamp, reason: String?, text: String) {
        self.rev = rev
        self.user = user
        self.at = at
        self.reason = reason
        self.text = text
    }

    /// Columns: rev, user, at, reason, text.
    init(row: borrowing Row) {
        self.init(
            rev: row.int64(0), user: row.int64(1), at: Timestamp(milliseconds: row.int64(2)),
            reason: row.optionalText(3), text: row.text(4))
    }

    /// The only text of a message that was never edited.
    init(original message: Message) {
        self.init(
            rev: 1, user: message.user.rawValue, at: message.createdAt, reason: nil,
            text: message.text)
    }

    /// The revision of `message` with its author and what it changed.
    func shown<Source: Reader & ~Copyable>(
        of message: Message, _ reader: borrowing Source
    ) throws -> ShownRevision {
        let before = try reader.first(
            Messages.Queries.revision, message.id.rawValue, rev - 1)
        return ShownRevision(
            revision: self, by: try UserCards.card(of: user, in: reader),
            diff: before.map { TextDiff(from: $0.text, to: text) })
    }
}

/// A revision with who wrote it.
struct ShownRevision: JSONRecord {
    static let schemaName = "Revision"

    let revision: Revision
    let by: UserCard
    /// Nil for the first, which changed nothing.
    let diff: TextDiff?

    static let members: [JSONMember<ShownRevision>] = [
        .integer("rev", \.revision.rev),
        .card("by", \.by),
        .timestamp("at", \.revision.at),
        .string("reason", orNull: \.revision.reason),
        .string("text", \.revision.text),
        JSONMember("diff", when: { $0.diff != nil }) { revision, writer in
            revision.diff?.write(into: &writer)
        },
    ]
}
