import Bytes
import Routing
import SQLite
import TopicsAPI

/// A topic as the store has it, with its category and what is copied from messages.
final class TopicRow: Sendable {
    let topic: Topic
    let category: CategoryLabel
    let levels: CategoryLevels
    /// Nil: it is open, or was never locked.
    let lock: TimedMark?
    let pin: (scope: PinScope, mark: TimedMark)?
    let tags: [String]
    let answer: Int64?
    let opening: OpeningState
    let openingPost: Int64?
    let replyCount: Int64
    let postCount: Int64
    let lastPost: LastPost?
    let participants: [Int64]
    let postsVersion: Int64
    let activity: Int64
    let hot: Int64

    struct LastPost: Sendable {
        let id: Int64
        let number: Int64
        let user: Int64
        let at: Timestamp
    }

    /// Columns of `topic_rows`, in their order.
    init(row: borrowing Row) {
        topic = Topic(
            id: ID(row.int64(0)), title: row.text(1), createdBy: ID(row.int64(2)),
            slug: row.text(3), createdAt: Timestamp(milliseconds: row.int64(4)),
            updatedAt: Timestamp(milliseconds: row.int64(5)), version: row.int64(6),
            category: ID(row.int64(7)), kind: TopicKind(rawValue: row.text(8)) ?? .discussion,
            state: TopicState(rawValue: row.text(9)) ?? .deleted)
        category = CategoryLabel(id: topic.category, slug: row.text(10), name: row.text(11))
        levels = CategoryLevels(
            read: row.int64(12), post: row.int64(13), reply: row.int64(14),
            moderate: row.int64(15))
        lock = row.bool(16) ? TimedMark(until: row.optionalInt64(17)) : nil
        let scope = PinScope(rawValue: row.text(18)) ?? .none
        pin = scope == .none ? nil : (scope, TimedMark(until: row.optionalInt64(19)))
        let tagged = row.text(20)
        tags = tagged.isEmpty ? [] : tagged.split(separator: " ").map(String.init)
        answer = row.optionalInt64(21)
        opening = OpeningState(rawValue: row.text(22)) ?? .none
        openingPost = row.optionalInt64(23)
        replyCount = row.int64(24)
        postCount = row.int64(25)
        lastPost = row.optionalInt64(26).map { id in
            LastPost(
                id: id, number: row.int64(27), user: row.int64(28),
                at: Timestamp(milliseconds: row.int64(29)))
        }
        participants = unsafe row.withText(30) { unsafe TopicRow.numbers($0) }
        postsVersion = row.int64(31)
        activity = row.int64(32)
        hot = row.int64(33)
    }

    /// Numbers as the store has them, a blank after each but the last.
    private static func numbers(_ text: UnsafeRawBufferPointer) -> [Int64] {
        guard unsafe !text.isEmpty else { return [] }
        var numbers = [Int64(0)]
        unsafe text.forEach { byte in
            if byte == UInt8(ascii: " ") {
                numbers.append(0)
            } else {
                numbers[numbers.count - 1] *= 10
                numbers[numbers.count - 1] += Int64(byte - UInt8(ascii: "0"))
            }
        }
        return numbers
    }
}

/// What stands for a category beside a topic.
struct CategoryLabel: Sendable {
    let id: ID<Category>
    let slug: String
    let name: String
}

/// What a category asks for, ancestors included.
struct CategoryLevels: Hashable, Sendable {
    let read: Int64
    let post: Int64
    let reply: Int64
    let moderate: Int64
}

/// Something that holds until a moment, or until somebody ends it.
struct TimedMark: Hashable, Sendable {
    /// Milliseconds since 1970.
    let until: Int64?

    func holds(at now: Int64) -> Bool { until.map { $0 > now } ?? true }
}

/// How far the text that a topic opens with has come.
enum OpeningState: String, CaseIterable, Sendable {
    /// There is none yet: the first message will be it.
    case none
    /// The messages service has not taken it yet.
    case pending
    case visible
    case deleted
    case removed
}
