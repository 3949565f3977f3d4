import Bytes
import MessagesAPI
import Outbox
import Routing
import SQLite
import TopicsAPI

/// One change of a message by somebody, within a transaction: what is allowed, what becomes of the
/// row, and who is told.
struct MessageChange: Sendable {
    let row: MessageRow
    let sight: Sight

    private var viewer: Viewer { sight.viewer }
    private var isModerator: Bool { sight.moderates(row) }
    private var id: Int64 { row.message.id.rawValue }
    private var thread: Int64 { row.message.thread.rawValue }

    /// Another text. The first edit keeps the original beside it; the same text changes nothing.
    func edit(
        _ text: String, reason: String?, _ transaction: borrowing Transaction
    ) throws {
        let message = row.message
        try requireEditable()
        if text == message.text { return }
        if message.edits == 0 {
            try keep(Revision(original: message), transaction)
        }
        try keep(
            Revision(
                rev: message.edits + 2, user: viewer.user,
                at: Timestamp(milliseconds: transaction.now), reason: reason, text: text),
            transaction)
        try transaction.shelving(id) {
            try transaction.run(Messages.Queries.edit, id, text, transaction.now)
            try Interpretation(text, in: thread, transaction).keep(id, transaction)
        }
        try tell(transaction)
    }

    /// The author takes it back, or a moderator takes it away; again, it changes nothing.
    func delete(reason: String?, _ transaction: borrowing Transaction) throws {
        let message = row.message
        guard viewer.wrote(message) || isModerator else { throw Self.notYours }
        let state: MessageState = viewer.wrote(message) ? .deleted : .removed
        // What a moderator removed stays so, whoever else wants it gone.
        if message.state == state || message.state == .removed { return }
        try set(state, reason: reason, transaction)
    }

    /// A moderator takes it away, whoever wrote it.
    func remove(reason: String, _ transaction: borrowing Transaction) throws {
        if row.message.state == .removed { return }
        try set(.removed, reason: reason, transaction)
    }

    /// Shows it again: authors what they deleted, moderators everything.
    func restore(_ transaction: borrowing Transaction) throws {
        let message = row.message
        guard viewer.wrote(message) || isModerator else { throw Self.notYours }
        switch message.state {
        case .visible: throw APIError(.conflict, "post \(id) is visible")
        case .removed where !isModerator:
            throw APIError(.forbidden, "a moderator removed post \(id); ask one to restore it")
        case .deleted, .removed: try set(.visible, reason: nil, transaction)
        }
    }

    /// Removes it with everything that hangs on it. Its id and number are not given again.
    func purge(_ transaction: borrowing Transaction) throws {
        let message = row.message
        typealias Queries = Messages.Queries
        try transaction.run(Queries.notePurge, id, thread, message.number)
        try transaction.run(Queries.purgeRevisions, id)
        try transaction.run(Queries.purgeReactions, id)
        try transaction.run(Queries.purgeFlags, id)
        try transaction.run(Queries.forgetMentions, id)
        try transaction.shelving(id) { try transaction.run(Queries.purge, id) }
        try countReply(visible: message.state == .visible ? -1 : 0, transaction)
        try Messages.noteChange(in: thread, message.state, transaction)
        try Outbox.append(.purged(id), in: transaction)
    }

    /// Puts it at the end of another thread. A message and what it answers are of one thread: it
    /// stands alone there, and so do those that answered it here.
    func move(to thread: ID<Topic>, _ transaction: borrowing Transaction) throws {
        if thread == row.message.thread { return }
        let state = row.message.state
        try countReply(visible: state == .visible ? -1 : 0, transaction)
        try transaction.run(Messages.Queries.leaveReplies, id)
        let last = try transaction.one(Messages.Queries.lastNumber, thread.rawValue)
        try transaction.shelving(id) {
            try transaction.run(Messages.Queries.move, id, thread.rawValue, last + 1)
        }
        try Messages.noteChange(in: thread.rawValue, state, transaction)
        try tell(transaction)
    }

    private func requireEditable() throws(APIError) {
        guard viewer.wrote(row.message) || isModerator else { throw Self.notYours }
        guard row.message.state == .visible else {
            throw APIError(.conflict, "post \(id) is \(row.message.state.rawValue); restore it")
        }
        if !sight.canEdit(row) {
            throw APIError(.locked, "thread \(thread) is locked")
        }
    }

    private func set(
        _ state: MessageState, reason: String?, _ transaction: borrowing Transaction
    ) throws {
        let shown = { (state: MessageState) -> Int64 in state == .visible ? 1 : 0 }
        try transaction.shelving(id) {
            try transaction.run(Messages.Queries.setState, id, state.code, reason)
        }
        try countReply(visible: shown(state) - shown(row.message.state), transaction)
        try tell(transaction)
    }

    private func countReply(
        visible difference: Int64, _ transaction: borrowing Transaction
    ) throws {
        guard difference != 0, let target = row.message.replyTo else { return }
        try Messages.countReply(to: target.id.rawValue, by: difference, transaction)
    }

    private func keep(_ revision: Revision, _ transaction: borrowing Transaction) throws {
        try transaction.run(
            Messages.Queries.insertRevision, id, revision.rev, revision.user,
            revision.at.milliseconds, revision.reason, revision.text)
    }

    /// What was shown until now, or is from now on, is a change for everybody.
    private func tell(_ transaction: borrowing Transaction) throws {
        let changed = try transaction.one(Messages.Queries.byID, id).message
        let isShown = row.message.state == .visible || changed.state == .visible
        try Messages.noteChange(in: thread, isShown ? .visible : changed.state, transaction)
        try Outbox.append(.changed(changed), in: transaction)
    }

    private static var notYours: APIError {
        APIError(.forbidden, "this post is somebody else's")
    }
}
