import Bytes
import JSON
import Markdown
import MessagesAPI
import Outbox
import SQLite
import Search

/// Takes the traces of a deleted account away, a bounded number of rows in each transaction. How
/// far it has come is part of it: whoever goes on, and whenever, goes on from there.
struct Cascade: Sendable {
    /// What is worked off, in this order. Numbers are kept in the store.
    enum Stage: Int64, Sendable {
        case texts = 0
        case reactions, flags, mentions, done
    }

    let user: Int64
    let mode: CascadeMode
    let stage: Stage
    let after: Int64
    /// The deletion as the users service numbers it; 0: it did not say.
    let job: Int64

    /// Columns: user, mode, stage, after, job.
    init(row: borrowing Row) {
        user = row.int64(0)
        mode = CascadeMode(rawValue: row.text(1)) ?? .anonymize
        stage = Stage(rawValue: row.int64(2)) ?? .done
        after = row.int64(3)
        job = row.int64(4)
    }

    /// Works off one chunk and notes how far it came; tells the others at the end.
    func step(_ transaction: borrowing Transaction) throws {
        let last: Int64?
        switch stage {
        case .texts: last = mode == .erase ? try eraseTexts(transaction) : nil
        case .reactions: last = mode == .erase ? try eraseReactions(transaction) : nil
        case .flags: last = mode == .erase ? try eraseFlagNotes(transaction) : nil
        case .mentions:
            last = mode == .keep ? nil : try eraseName(transaction) ?? eraseWords(transaction)
        case .done: return
        }
        if let last {
            return try transaction.run(
                Messages.Queries.noteCascade, user, stage.rawValue, last)
        }
        let next = stage.rawValue + 1
        try transaction.run(Messages.Queries.noteCascade, user, next, 0)
        if next == Stage.done.rawValue { try tell(transaction) }
    }

    /// Each returns the key of the last row it worked off, or nil when nothing is left.

    private func eraseTexts(_ transaction: borrowing Transaction) throws -> Int64? {
        let ids = try transaction.all(
            Messages.Queries.writtenBy, user, after, WorkLimits.cascadeRowsMax)
        for id in ids {
            try transaction.shelving(id) {
                try transaction.run(Messages.Queries.eraseText, id, Cascade.erasedText)
                try Interpretation(Cascade.erasedText, in: 0, transaction).keep(id, transaction)
            }
            try transaction.run(Messages.Queries.purgeRevisions, id)
            try changed(id, transaction)
        }
        return ids.last
    }

    private func eraseReactions(_ transaction: borrowing Transaction) throws -> Int64? {
        let given = try transaction.all(
            Messages.Queries.reactionsBy, user, after, WorkLimits.cascadeRowsMax)
        for (id, emoji) in given {
            let message = try transaction.one(Messages.Queries.byID, id).message
            _ = try Messages.setReaction(
                emoji, of: message, by: user, isGiven: false, transaction)
        }
        // Those of one message may be cut in two: they are gone, so it is looked at again.
        return given.last.map { $0.0 - 1 }
    }

    private func eraseFlagNotes(_ transaction: borrowing Transaction) throws -> Int64? {
        let flags = try transaction.all(
            Messages.Queries.flaggedBy, user, after, WorkLimits.cascadeRowsMax)
        for id in flags { try transaction.run(Messages.Queries.eraseNote, id) }
        return flags.last
    }

    /// Takes the name out of what others wrote.
    private func eraseName(_ transaction: borrowing Transaction) throws -> Int64? {
        let ids = try transaction.all(
            Messages.Queries.mentioning, user, after, WorkLimits.cascadeRowsMax)
        for id in ids {
            let message = try transaction.one(Messages.Queries.byID, id).message
            if let html = message.rendering?.html,
                let name = MentionedName(of: user, in: html)
            {
                try erase(name, from: message, transaction)
            }
            try transaction.run(Messages.Queries.forgetMention, user, id)
        }
        return ids.last
    }

    /// Takes what was erased out of the file of the index, a piece at a time. There is no row that
    /// it stands at.
    private func eraseWords(_ transaction: borrowing Transaction) throws -> Int64? {
        try transaction.mergeIndex() ? Int64.max : nil
    }

    private func erase(
        _ name: MentionedName, from message: Message, _ transaction: borrowing Transaction
    ) throws {
        let id = message.id.rawValue
        let text = name.erased(from: message.text)
        try transaction.shelving(id) {
            try transaction.run(Messages.Queries.reword, id, text)
            try Interpretation(text, in: message.thread.rawValue, transaction)
                .keep(id, transaction)
        }
        let revisions = try transaction.all(
            Messages.Queries.revisionsAfter, id, 0, Int64.max)
        for revision in revisions {
            try transaction.run(
                Messages.Queries.rewordRevision, id, revision.rev,
                name.erased(from: revision.text))
        }
        try changed(id, transaction)
    }

    private func changed(_ id: Int64, _ transaction: borrowing Transaction) throws {
        let message = try transaction.one(Messages.Queries.byID, id).message
        try Messages.noteChange(in: message.thread.rawValue, message.state, transaction)
        try Outbox.append(.changed(message), in: transaction)
    }

    private func tell(_ transaction: borrowing Transaction) throws {
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        json.key("source")
        json.string("posts")
        json.key("user")
        json.integer(user)
        if job > 0 {
            json.key("job")
            json.integer(job)
        }
        json.endObject()
        try Outbox.append(
            .fact("cascade.done", key: .text("posts:\(user):\(job)"), body: json.finish()),
            in: transaction)
    }

    /// What stands where a text was.
    private static let erasedText = "[removed]"
}
