import JSON
import SQLite

/// Following the feed, page by page.
extension Projector {
    /// Asks for the page after the cursor and takes it.
    func pull(_ cursor: FeedCursor) async throws -> Turn {
        let page = try await feed.page(
            after: cursor.seq, epoch: cursor.epoch, limit: OutboxLimits.pageEventsMax,
            waitMilliseconds: OutboxLimits.pollMilliseconds)
        guard case .events(let entries, let state) = page else { return try await beginRebuild() }
        return try await take(entries, after: cursor.seq, state)
    }

    /// Takes the page that was asked for with `after`, in one transaction. What was taken before is
    /// passed over, so that a page may come late, again, or cut short; one that would leave a gap
    /// is refused.
    func take(
        _ entries: [FeedEntry], after: Int64, _ state: FeedState
    ) async throws -> Turn {
        try FeedPage.check(entries, after: after, state, of: projection.source)
        let heardAt = clock.now()
        track.heard(state)
        if entries.isEmpty { return try await rest(since: heardAt) }
        do {
            return try await apply(entries, after: after, state, heardAt)
        } catch let failure as ProjectionFailure where failure.index > 0 {
            // What stands before it is good, and the next turn meets it first.
            let good = Array(entries[..<failure.index])
            return try await apply(good, after: after, state, heardAt)
        }
    }

    private func apply(
        _ entries: [FeedEntry], after: Int64, _ state: FeedState, _ heardAt: Int64
    ) async throws -> Turn {
        let page = PageEffect(
            projection: projection, kinds: kinds, entries: entries, after: after, state: state)
        let caughtUpAt = track.caughtUpAt
        let outcome = try await commit { transaction, cursor in
            let outcome = try page.apply(in: transaction, moving: &cursor)
            cursor?.note(isCaughtUp: outcome.isCaughtUp, since: caughtUpAt, at: heardAt)
            return outcome
        }
        track.applied(outcome.applied)
        if outcome.isCaughtUp { track.caughtUp(at: heardAt) }
        return outcome.isCopying ? .resyncing : .applied(outcome.applied)
    }

    /// Nothing is new: notes that, and writes only when others would think otherwise or the lease
    /// is about to end.
    private func rest(since heardAt: Int64) async throws -> Turn {
        if try cursor()?.behindSince != nil || isLeaseOld {
            try await commit { _, cursor in cursor?.behindSince = nil }
        }
        track.caughtUp(at: heardAt)
        track.signal.raise()
        return .idle
    }
}

/// One page on its way into the projection.
private struct PageEffect: Sendable {
    let projection: any Projection
    let kinds: Set<String>
    let entries: [FeedEntry]
    let after: Int64
    let state: FeedState

    struct Outcome: Sendable {
        var applied = 0
        var isCaughtUp = false
        var isCopying = false
    }

    func apply(
        in transaction: borrowing Transaction, moving cursor: inout FeedCursor?
    ) throws -> Outcome {
        guard var place = cursor, place.copy == nil, place.epoch == state.epoch,
            after <= place.seq
        else { throw FeedError.outOfPlace(projection.source) }
        var outcome = Outcome()
        for (index, entry) in entries.enumerated() where entry.seq > place.seq {
            do {
                place.seq = entry.seq
                if let range = try wanted(entry.event) {
                    let (part, last) = copy(range, asked: index)
                    (place.copy, place.seq) = (part, last)
                    // What follows it is asked for again once the copy is here.
                    break
                }
                guard kinds.contains(entry.event.kind) else { continue }
                try projection.apply(entry.event, in: transaction)
                outcome.applied += 1
            } catch {
                if ProjectionFailure.isOfStore(error) { throw error }
                throw ProjectionFailure(projection.source, entry.event, at: index, error)
            }
        }
        outcome.isCopying = place.copy != nil
        outcome.isCaughtUp = !outcome.isCopying && place.seq >= state.head
        cursor = place
        return outcome
    }

    /// The part of a snapshot that an event asks to copy.
    private func wanted(_ event: Event) throws -> ResyncRange? {
        guard event.kind == Event.resyncKind else { return nil }
        let range = try ResyncRange.decode(event.body)
        let isWanted = projection.snapshotKinds.contains(range.kind) && range.from <= range.to
        return isWanted ? range : nil
    }

    /// The copy that `range` asks for, and the last event it answers: a load writes one for each
    /// chunk, and those that follow each other with touching ranges are copied as one.
    private func copy(
        _ range: ResyncRange, asked index: Int
    ) -> (copy: FeedCursor.Copy, last: Int64) {
        var (whole, last) = (range, entries[index].seq)
        for entry in entries[(index + 1)...] {
            // One that cannot be read is refused when it is met.
            guard let more = try? wanted(entry.event), let joined = whole.joined(with: more)
            else { break }
            (whole, last) = (joined, entry.seq)
        }
        let after = whole.from > 0 ? EventKey.number(whole.from - 1) : nil
        return (FeedCursor.Copy(kind: whole.kind, after: after, until: whole.to), last)
    }
}
