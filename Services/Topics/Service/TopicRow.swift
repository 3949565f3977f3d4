import Bytes
import Routing
import SQLite
import TopicsAPI

/// A topic as the store has it, with its category and what is copied from messages.
final class TopicRow: Sendable {
    let topic: Topic
    let category: CategoryLabel
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

    /// Columns of `topic_rows`, in their order; `label` stands for the category among them.
    init(row: borrowing Row, label: CategoryLabel) {
        topic = Topic(
            id: ID(row.int64(0)), title: row.text(1), createdBy: ID(row.int64(2)),
            slug: row.text(3), createdAt: Timestamp(milliseconds: row.int64(4)),
            updatedAt: Timestamp(milliseconds: row.int64(5)), version: row.int64(6),
            category: label.id, kind: TopicKind(rawValue: row.text(8)) ?? .discussion,
            state: TopicState(rawValue: row.text(9)) ?? .deleted)
        category = label
        lock = row.bool(10) ? TimedMark(until: row.optionalInt64(11)) : nil
        let scope = PinScope(rawValue: row.text(12)) ?? .none
        pin = scope == .none ? nil : (scope, TimedMark(until: row.optionalInt64(13)))
        let tagged = row.text(14)
        tags = tagged.isEmpty ? [] : tagged.split(separator: " ").map(String.init)
        answer = row.optionalInt64(15)
        opening = OpeningState(rawValue: row.text(16)) ?? .none
        openingPost = row.optionalInt64(17)
        replyCount = row.int64(18)
        postCount = row.int64(19)
        lastPost = row.optionalInt64(20).map { id in
            LastPost(
                id: id, number: row.int64(21), user: row.int64(22),
                at: Timestamp(milliseconds: row.int64(23)))
        }
        participants = unsafe row.withText(24) { unsafe TopicRow.numbers($0) }
        postsVersion = row.int64(25)
        activity = row.int64(26)
        hot = row.int64(27)
    }

    /// Where the number of its category is among the columns.
    static let categoryColumn: Int32 = 7

    var levels: CategoryLevels { category.levels }

    /// When its lock or its pin ends by itself, whichever is first; nil if neither will.
    func nextEnd(after now: Int64) -> Int64? {
        guard lock != nil || pin != nil else { return nil }
        return [lock?.until, pin?.mark.until].compactMap { $0 }.filter { $0 > now }.min()
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
