import Bytes
import MessagesAPI
import SQLite

/// A message with what its thread asks of whoever wants to read it. A class: it has many texts, and
/// is handed on as one reference.
final class MessageRow: Sendable {
    let message: Message
    /// The least level that may read the thread; nil if the thread is not known here.
    let reads: Int64?
    let isThreadLocked: Bool
    /// The category of the thread, if both are known here.
    let category: Int64?
    /// What became of the message that it answers; nil if that is gone for good.
    let targetState: MessageState?

    /// Columns: those of the view `posts`.
    init(row: borrowing Row) {
        var message = Message(
            thread: ID(row.int64(0)), text: row.text(1), user: ID(row.int64(2)),
            id: ID(row.int64(3)), number: row.int64(4),
            createdAt: Timestamp(milliseconds: row.int64(5)), version: row.int64(6))
        message.editedAt = row.optionalInt64(7).map { Timestamp(milliseconds: $0) }
        message.edits = row.int64(8)
        message.state = MessageState(code: row.int64(9))
        message.reason = row.optionalText(10)
        message.touches = row.int64(11)
        if let id = row.optionalInt64(12), let user = row.optionalInt64(13) {
            message.replyTo = ReplyTarget(id: ID(id), user: ID(user))
        }
        message.replyCount = row.int64(14)
        message.reactions = row.optionalText(15) ?? "[]"
        if let html = row.optionalText(16) {
            message.rendering = Rendering(
                html: html, mentions: row.optionalText(17) ?? "[]",
                quotes: row.optionalText(18) ?? "[]", excerpt: row.optionalText(22))
        }
        self.message = message
        reads = row.optionalInt64(19)
        isThreadLocked = row.bool(20)
        category = row.optionalInt64(21)
        targetState = row.optionalInt64(23).map { MessageState(code: $0) }
    }
}

extension MessageState {
    /// As the store spells it.
    var code: Int64 {
        switch self {
        case .visible: 0
        case .deleted: 1
        case .removed: 2
        }
    }

    init(code: Int64) {
        switch code {
        case 1: self = .deleted
        case 2: self = .removed
        default: self = .visible
        }
    }
}
