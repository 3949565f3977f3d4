// What every page is checked for, wherever it comes from.

extension FeedPage {
    /// Throws `hostile` unless the entries follow `after` and each other, and none lies beyond the
    /// head.
    static func check(
        _ entries: [FeedEntry], after: Int64, _ state: FeedState, of source: String
    ) throws(FeedError) {
        var last = after
        for entry in entries {
            guard entry.seq > last else {
                throw .hostile(
                    source: source, reason: "seq \(entry.seq) stands where one after \(last) has to"
                )
            }
            last = entry.seq
        }
        guard last <= state.head else {
            throw .hostile(
                source: source, reason: "seq \(last) is beyond the head, \(state.head)")
        }
        // It would be asked for again, without end.
        guard !entries.isEmpty || state.head == after else {
            throw .hostile(
                source: source,
                reason: "it holds nothing after \(after), but its head is \(state.head)")
        }
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
