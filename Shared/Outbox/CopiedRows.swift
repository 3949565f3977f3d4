/// Rows of a snapshot on their way into a projection: one page, or several that follow each other.
struct CopiedRows: Sendable {
    /// The copy that needs them next.
    let copy: FeedCursor.Copy
    private(set) var page: SnapshotPage
    /// Whether the last page had as many rows as were asked for.
    private var isFull: Bool

    /// The page that answers `copy`.
    init(copy: FeedCursor.Copy, page: SnapshotPage, isFull: Bool) {
        self.copy = copy
        self.page = page
        self.isFull = isFull
    }

    /// Where the copy stands once they are kept, if there is likely to be more and it is worth
    /// fetching together with them.
    var rest: FeedCursor.Copy? {
        guard isFull, let last = page.next else { return nil }
        let rest = FeedCursor.Copy(kind: copy.kind, after: last, until: copy.until)
        return rest.isSettling ? nil : rest
    }

    /// Adds the page that answers `rest`.
    mutating func add(_ more: CopiedRows) {
        page = SnapshotPage(
            rows: page.rows + more.page.rows, state: more.page.state, next: more.page.next)
        isFull = more.isFull
    }
}
