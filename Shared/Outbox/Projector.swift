package import SQLite

/// Follows one source on behalf of one store: pulls its pages and applies each in one transaction
/// together with the cursor.
///
/// Of several processes over the same file one projects, by a lease; the others stand by, and one
/// of them goes on at once when it has died. A source that is down, that refuses, or whose pages
/// make no sense is asked again after a pause.
package actor Projector {
    /// What one step did.
    package enum Turn: Equatable, Sendable {
        /// Another process holds the lease.
        case standby
        /// There was nothing new.
        case idle
        /// So many events were taken from a page.
        case applied(Int)
        /// The projection is about to be built anew from snapshots.
        case rebuilding
        /// A part of a snapshot, which was loaded in bulk, is about to be copied.
        case resyncing
        /// So many rows were taken from a snapshot.
        case copied(Int)
        /// Something that follows from copied rows was worked out.
        case settled
    }

    let projection: any Projection
    let kinds: Set<String>
    let feed: any FeedSource
    let track: ProgressTrack
    let clock: FeedClock
    private let store: Store
    private let holder: String
    private let sign: LifeSign
    private var lease: Lease?
    private var loop: Task<Void, Never>?
    /// What the next turn of a copy needs, fetched while this one's was being committed.
    var ahead: CopiedRows?

    /// `progress` belongs to the same store and knows the source. `name` helps a person to see who
    /// holds the lease.
    package init(
        _ projection: any Projection, store: Store, feed: any FeedSource, progress: Progress,
        clock: FeedClock = .system, name: String = "projector"
    ) {
        guard let track = progress.track(projection.source) else {
            preconditionFailure("the progress of a store knows every source that it follows")
        }
        self.projection = projection
        kinds = projection.kinds
        self.store = store
        self.feed = feed
        self.track = track
        self.clock = clock
        sign = LifeSign(store: store.path, source: projection.source)
        // Two processes of one name must not take each other's lease for their own.
        holder = "\(name)#\(String(UInt64.random(in: 0...UInt64.max), radix: 16))"
    }

    /// Begins to follow the source, for as long as nobody calls `stop`.
    package func start() {
        precondition(loop == nil, "a projector is started once")
        loop = Task { await run() }
    }

    /// Ends: a poll is given up, a commit is waited for, and the lease is left to others.
    package func stop() async {
        loop?.cancel()
        await loop?.value
        loop = nil
        defer { sign.hide() }
        guard let lease else { return }
        self.lease = nil
        track.holds(until: 0)
        // If it cannot be released, it ends by itself.
        _ = try? await store.write { try lease.release(in: $0) }
    }

    /// One step: at most one page. What it throws has been noted, and left nothing behind.
    package func turn() async throws -> Turn {
        // Good for the very next turn only: what is older may have missed a change.
        let ahead = self.ahead.take()
        do {
            guard try await holdsLease() else { return try standBy() }
            let cursor = try cursor()
            track.moved(to: cursor)
            guard let cursor else { return try await beginRebuild() }
            if let copy = cursor.copy {
                if copy.isSettling { return try await settle() }
                return try await copyRows(copy, cursor, ahead)
            }
            return try await pull(cursor)
        } catch is LeaseLost {
            lease = nil
            sign.hide()
            track.holds(until: 0)
            return try standBy()
        } catch {
            if !Task.isCancelled { await note(error) }
            throw error
        }
    }

    /// Runs `effect` in one transaction with the lease and the cursor: all of it is kept or, when
    /// it throws or the lease is lost, nothing.
    func commit<Result: Sendable>(
        _ effect: @escaping @Sendable (borrowing Transaction, inout FeedCursor?) throws -> Result
    ) async throws -> Result {
        guard let lease else { throw LeaseLost() }
        let source = projection.source
        let (result, cursor, renewed) = try await store.write { transaction in
            let renewed = try lease.renewed(in: transaction)
            var cursor = try FeedCursor.read(source, in: transaction)
            let result = try effect(transaction, &cursor)
            try cursor?.write(for: source, in: transaction)
            return (result, cursor, renewed)
        }
        self.lease = renewed
        track.moved(to: cursor)
        track.holds(until: renewed.endsAt)
        track.signal.raise()
        return result
    }

    /// The cursor as the store has it.
    func cursor() throws -> FeedCursor? {
        try store.read { try FeedCursor.read(projection.source, in: $0) }
    }

    /// Whether so little is left of the lease that it is worth a commit of its own.
    var isLeaseOld: Bool {
        guard let lease else { return false }
        return lease.endsAt - clock.now() < OutboxLimits.leaseRenewMilliseconds
    }

    private func run() async {
        var backoff = Backoff()
        var generator = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            let began = clock.now()
            do {
                switch try await turn() {
                case .standby: await clock.sleep(OutboxLimits.standbyMilliseconds)
                // A source may send us back to the beginning, but not again and again.
                case .rebuilding: await pause(&backoff, &generator)
                case .resyncing, .copied, .settled: break
                case .applied: backoff.reset()
                case .idle:
                    backoff.reset()
                    await pauseUnless(OutboxLimits.idlePauseMilliseconds, since: began)
                }
            } catch {
                await pause(&backoff, &generator)
            }
        }
    }

    private func pause(
        _ backoff: inout Backoff, _ generator: inout SystemRandomNumberGenerator
    ) async {
        await clock.sleep(backoff.next(using: &generator))
    }

    /// A source that answers at once although it was asked to wait may not be asked without end.
    private func pauseUnless(_ milliseconds: Int, since began: Int64) async {
        let rest = milliseconds - Int(clock.now() - began)
        if rest > 0 { await clock.sleep(rest) }
    }

    /// Whether this process may project now; takes the lease if it is free, or its holder dead.
    func holdsLease() async throws -> Bool {
        let source = projection.source
        let holder = holder
        let now = clock.now()
        if let lease, Lease.binds(endingAt: lease.endsAt, at: now) {
            // Whoever had it before may still have been showing the sign.
            sign.show()
            return true
        }
        // Who can show the sign anew knows that the last holder is gone. Who has shown it all the
        // time, asleep perhaps, knows nothing.
        let isAwake = lease == nil
        let isOrphaned = sign.show() && isAwake
        if isAwake, !isOrphaned {
            let endsAt = try store.read { try $0.first(Outbox.Queries.leaseEnd, source) }
            if let endsAt, Lease.binds(endingAt: endsAt, at: now) { return false }
        }
        let (taken, cursor) = try await store.write { transaction in
            (
                try Lease.take(source, for: holder, evenIfHeld: isOrphaned, in: transaction),
                try FeedCursor.read(source, in: transaction)
            )
        }
        lease = taken
        if taken == nil { sign.hide() }
        track.moved(to: cursor)
        track.holds(until: taken?.endsAt ?? 0)
        return taken != nil
    }

    /// Tells the requests of this process what the projector of another one has written down.
    private func standBy() throws -> Turn {
        let source = projection.source
        let (endsAt, cursor) = try store.snapshot { reader in
            (
                try reader.first(Outbox.Queries.leaseEnd, source),
                try FeedCursor.read(source, in: reader)
            )
        }
        let now = clock.now()
        track.moved(to: cursor)
        if let cursor, cursor.copy == nil, cursor.behindSince == nil,
            Lease.binds(endingAt: endsAt ?? 0, at: now)
        {
            track.learned(isUpToDate: true, since: now)
        } else {
            let since = cursor.map { $0.behindSince ?? $0.at } ?? track.caughtUpAt
            track.learned(isUpToDate: false, since: since)
        }
        track.signal.raise()
        return .standby
    }

    /// Counts a failure and, when the store is behind because of it, writes that down for the other
    /// processes.
    private func note(_ error: any Error) async {
        track.failed(error)
        guard !ProjectionFailure.isOfStore(error) else { return }
        let since = track.caughtUpAt
        // The failure itself is what is told; that it could not be written down adds nothing.
        guard let cursor = try? cursor(), cursor.behindSince == nil else { return }
        try? await commit { _, cursor in cursor?.behindSince = since }
    }
}
