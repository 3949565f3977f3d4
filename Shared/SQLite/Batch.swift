/// The requests of one commit and what became of each.
struct Batch {
    /// In the order in which they were carried out; an error is of that request alone.
    private var entries: [(request: any WriteRequest, error: (any Error)?)] = []
    private var failed = 0

    var count: Int { entries.count }

    /// Adds a request that was carried out, or undone because of `error`.
    mutating func add(_ request: any WriteRequest, _ error: (any Error)?) {
        entries.append((request, error))
        if error != nil { failed += 1 }
    }

    /// Tells everybody, once: nil that the commit is durable, or why nobody's work was kept.
    consuming func answer(_ failure: DatabaseError?, counting statistics: StoreStatistics) {
        if failure == nil {
            statistics.committed(batch: count, failed: failed)
        } else {
            statistics.failed(batch: count)
        }
        for (request, error) in entries { request.finish(failure ?? error) }
    }
}
