import Bytes
import SQLite

/// An event with its place in the feed.
package struct FeedEntry: Equatable, Sendable {
    /// Its place in the order of commits; grows from entry to entry, with gaps.
    package let seq: Int64
    /// When its transaction began, milliseconds since 1970.
    package let at: Int64
    /// What is told.
    package let event: Event

    /// An entry as a source gives it.
    package init(seq: Int64, at: Int64, event: Event) {
        self.seq = seq
        self.at = at
        self.event = event
    }
}

extension FeedEntry {
    /// Columns: seq, at, kind, whether the key is a number, key, version, body.
    init(row: borrowing Row) {
        let body = unsafe row.withText(6) { unsafe ByteString(copying: $0) }
        let event = Event(
            kind: row.text(2), key: EventKey(row, 4, isNumber: row.bool(3)),
            version: row.int64(5), body: body)
        self.init(seq: row.int64(0), at: row.int64(1), event: event)
    }
}
