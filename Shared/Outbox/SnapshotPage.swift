/// A part of the present state of a service.
package struct SnapshotPage: Equatable, Sendable {
    /// States, in the order of their keys.
    package let rows: [Event]
    /// How the feed stood before the rows were read: what changes after that comes by the feed.
    package let state: FeedState
    /// Where the next page starts; nil at the end.
    package let next: EventKey?

    /// A page as a source gives it; `next` is the key of the last row, or nil.
    package init(rows: [Event], state: FeedState, next: EventKey?) {
        self.rows = rows
        self.state = state
        self.next = next
    }
}

extension SnapshotPage {
    /// Throws `hostile` unless the rows are states of `kind`, follow `after` and each other, and
    /// the page leads on or ends.
    func check(kind: String, after: EventKey?, of source: String) throws(FeedError) {
        let expected = Event.kind(ofSnapshot: kind)
        var last = after
        for row in rows {
            guard row.kind == expected, row.isState else {
                throw .hostile(
                    source: source, reason: "a snapshot of \(kind) has a row of \(row.kind)")
            }
            if let last, row.key <= last {
                throw .hostile(source: source, reason: "a snapshot of \(kind) runs backwards")
            }
            last = row.key
        }
        guard next == nil || (!rows.isEmpty && next == last) else {
            throw .hostile(source: source, reason: "a snapshot of \(kind) leads nowhere")
        }
    }
}
