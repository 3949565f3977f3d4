import SQLite

/// A topic's place in an order: its key there, and its id.
struct TopicSpot: Comparable, Sendable {
    let key: Int64
    let id: Int64

    init(key: Int64, id: Int64) {
        self.key = key
        self.id = id
    }

    /// Columns: key, id.
    init(row: borrowing Row) {
        key = row.int64(0)
        id = row.int64(1)
    }

    static func < (left: TopicSpot, right: TopicSpot) -> Bool {
        (left.key, left.id) < (right.key, right.id)
    }
}
