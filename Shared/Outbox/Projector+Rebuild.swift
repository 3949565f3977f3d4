import SQLite

/// Copying snapshots: whole, to build a projection, or in part, after a bulk load.
///
/// How far a copy has come is committed with its rows, so a process that dies in the middle of it
/// is continued by the next one.
extension Projector {
    /// Begins to build the projection anew: notes where the feed stands, then marks what is there.
    func beginRebuild() async throws -> Turn {
        // Positions of before mean nothing from here on.
        track.moved(to: nil)
        track.rebuilds()
        let state = try await feed.page(after: 0, epoch: nil, limit: 1, waitMilliseconds: 0).state
        track.heard(state)
        let projection = projection
        let start = projection.wantsFacts ? state.floor : state.head
        let caughtUpAt = track.caughtUpAt
        try await commit { transaction, cursor in
            try projection.mark(in: transaction)
            let behindSince = cursor?.behindSince ?? caughtUpAt
            var place = FeedCursor(
                epoch: state.epoch, seq: start, at: transaction.now, behindSince: behindSince)
            place.copy = projection.snapshotKinds.first.map {
                FeedCursor.Copy(kind: $0, after: nil, until: nil)
            }
            if place.copy == nil { try projection.sweep(in: transaction) }
            cursor = place
        }
        return .rebuilding
    }

    /// Copies the next rows of the snapshot that `cursor` stands in, `ahead` if these are they.
    func copyRows(
        _ copy: FeedCursor.Copy, _ cursor: FeedCursor, _ ahead: CopiedRows?
    ) async throws -> Turn {
        let rows: CopiedRows
        if let ahead, ahead.copy == copy { rows = ahead } else { rows = try await fetch(copy) }
        guard rows.page.state.epoch == cursor.epoch else { return try await beginRebuild() }
        track.heard(rows.page.state)
        // The source reads while the store writes.
        async let next = fetchNext(rows)
        let effect = CopyEffect(projection: projection, kinds: kinds, copy: copy, page: rows.page)
        let applied: Int
        do {
            applied = try await commit { try effect.apply(in: $0, moving: &$1) }
        } catch let failure as ProjectionFailure where failure.index > 0 {
            let good = effect.first(failure.index)
            applied = try await commit { try good.apply(in: $0, moving: &$1) }
        }
        track.applied(applied)
        self.ahead = await next
        return .copied(applied)
    }

    /// The next page of the snapshot that `copy` stands in, and those that follow it while they are
    /// full.
    private func fetch(_ copy: FeedCursor.Copy) async throws -> CopiedRows {
        var rows = try await fetchPage(copy)
        var pages = 1
        while pages < OutboxLimits.copiedPagesMax, let rest = rows.rest {
            let more = try await fetchPage(rest)
            guard more.page.state.epoch == rows.page.state.epoch else { return more }
            rows.add(more)
            pages += 1
        }
        return rows
    }

    /// What follows `rows`, if they were full. What cannot be had now is asked for again.
    private func fetchNext(_ rows: CopiedRows) async -> CopiedRows? {
        guard let rest = rows.rest else { return nil }
        return try? await fetch(rest)
    }

    private func fetchPage(_ copy: FeedCursor.Copy) async throws -> CopiedRows {
        let limit = max(1, min(copy.rowsMax ?? .max, OutboxLimits.snapshotRowsMax))
        let page = try await feed.snapshot(kind: copy.kind, afterKey: copy.after, limit: limit)
        try page.check(kind: copy.kind, after: copy.after, of: projection.source)
        return CopiedRows(copy: copy, page: page, isFull: page.rows.count == limit)
    }

    /// Works out more of what follows from the rows that were copied.
    func settle() async throws -> Turn {
        let projection = projection
        try await commit { transaction, cursor in
            guard var place = cursor, place.copy?.isSettling == true else {
                throw FeedError.outOfPlace(projection.source)
            }
            if try !projection.settle(in: transaction) { place.copy = nil }
            cursor = place
        }
        return .settled
    }
}

/// One page of a snapshot on its way into the projection.
private struct CopyEffect: Sendable {
    let projection: any Projection
    let kinds: Set<String>
    let copy: FeedCursor.Copy
    let page: SnapshotPage

    /// Only the first `count` rows, and more to come.
    func first(_ count: Int) -> CopyEffect {
        let rows = Array(page.rows[..<count])
        return CopyEffect(
            projection: projection, kinds: kinds, copy: copy,
            page: SnapshotPage(rows: rows, state: page.state, next: rows.last?.key))
    }

    /// The rows that are wanted: of a part, those up to its end.
    private var rows: ArraySlice<Event> {
        guard let until = copy.until else { return page.rows[...] }
        return page.rows.prefix { $0.key <= .number(until) }
    }

    func apply(
        in transaction: borrowing Transaction, moving cursor: inout FeedCursor?
    ) throws -> Int {
        guard var place = cursor, place.copy == copy, place.epoch == page.state.epoch else {
            throw FeedError.outOfPlace(projection.source)
        }
        try transaction.run(Outbox.Queries.widenCache)
        let rows = rows
        for (index, row) in rows.enumerated() where kinds.contains(row.kind) {
            do {
                try projection.copy(row, in: transaction)
            } catch {
                if ProjectionFailure.isOfStore(error) { throw error }
                throw ProjectionFailure(projection.source, row, at: index, error)
            }
        }
        place.copy = next(after: rows)
        if place.copy == nil {
            // A part has nothing to sweep: only a whole copy has named everything.
            if copy.until == nil { try projection.sweep(in: transaction) }
            if try projection.settle(in: transaction) { place.copy = copy.settling }
        }
        cursor = place
        return rows.count
    }

    /// Where the copy goes on: further in the kind, with the next kind, or nowhere.
    private func next(after rows: ArraySlice<Event>) -> FeedCursor.Copy? {
        let isCut = rows.count < page.rows.count
        if let last = rows.last?.key, page.next != nil, !isCut {
            let next = FeedCursor.Copy(kind: copy.kind, after: last, until: copy.until)
            return next.isSettling ? nil : next
        }
        if copy.until != nil { return nil }
        let kinds = projection.snapshotKinds
        guard let index = kinds.firstIndex(of: copy.kind), index + 1 < kinds.count else {
            return nil
        }
        return FeedCursor.Copy(kind: kinds[index + 1], after: nil, until: nil)
    }
}
