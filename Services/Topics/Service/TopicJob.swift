import Bytes
import JSON
import SQLite
import TopicsAPI

/// A change of more topics than fit into one short transaction. How far it has come is in the
/// store: whoever goes on, and whenever, goes on from there.
struct TopicJob: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// All topics of a category go to another, and the category is gone.
        case moveCategory = "move-category"
        /// Who may see and moderate a category has changed: its topics follow, others are told.
        case settleCategory = "settle-category"
        /// All topics of a tag get another one, or none, and the tag is gone.
        case mergeTag = "merge-tag"
        /// What a deleted account wrote is taken out.
        case eraseUser = "erase-user"
    }

    let id: Int64
    let kind: Kind
    /// A category, tag or user.
    let target: Int64
    /// A category or tag; 0 for none.
    let goal: Int64
    /// The last topic that was worked on, where the order is that of ids.
    let after: Int64
    let done: Int64
    let total: Int64
    let isOver: Bool
    let createdAt: Timestamp

    /// Columns: id, kind, target, goal, after, done, total, is_over, created_at.
    init(row: borrowing Row) {
        id = row.int64(0)
        kind = Kind(rawValue: row.text(1)) ?? .settleCategory
        target = row.int64(2)
        goal = row.int64(3)
        after = row.int64(4)
        done = row.int64(5)
        total = row.int64(6)
        isOver = row.bool(7)
        createdAt = Timestamp(milliseconds: row.int64(8))
    }

    /// As it is named in paths: `j_3`.
    var name: String { "j_\(id)" }

    /// The id that a name says; nil for what is no name of a job.
    static func id(_ name: String) -> Int64? {
        guard name.hasPrefix("j_"), let id = DecimalText.parse(name.dropFirst(2)),
            "j_\(id)" == name
        else { return nil }
        return id
    }
}

extension TopicJob: JSONRecord {
    static let members: [JSONMember<TopicJob>] = [
        .string("id", \.name),
        .word("kind", \.kind),
        .string("state") { $0.isOver ? "done" : "running" },
        .record("progress") { JobProgress(job: $0) },
        .timestamp("createdAt", \.createdAt),
    ]
}

/// How far a job is: `done`, or so many of so many.
struct JobProgress: JSONRecord {
    let job: TopicJob

    static let members: [JSONMember<JobProgress>] = [
        .string("threads") { $0.job.isOver ? "done" : "\($0.job.done)/\($0.job.total)" }
    ]
}
