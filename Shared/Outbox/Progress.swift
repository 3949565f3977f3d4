package import SQLite

/// What a service asks about the sources it follows: cheap enough for every request.
///
/// In the process that projects, every answer is a few atomic loads. In another process over the
/// same file `hasReached` reads one row, because nobody tells it when the projector commits.
package final class Progress: Sendable {
    private let store: Store
    private let clock: FeedClock
    private let startedAt: Int64
    private let tracks: [ProgressTrack]

    /// `store` holds the projections of `sources` (`users`, `threads` or `posts`) and their
    /// cursors.
    package init(store: Store, sources: [String], clock: FeedClock = .system) throws {
        self.store = store
        self.clock = clock
        let startedAt = clock.now()
        self.startedAt = startedAt
        tracks = try sources.map { source in
            let cursor = try store.read { try FeedCursor.read(source, in: $0) }
            let upToDateAt = cursor.map { $0.behindSince ?? $0.at } ?? startedAt
            return ProgressTrack(source: source, upToDateAt: upToDateAt)
        }
    }

    /// Whether everything up to `position` of `source` can be read here. A source that this
    /// service does not follow has always been reached: nothing here depends on it. False also
    /// when the store cannot say.
    package func hasReached(_ position: Int64, of source: String) -> Bool {
        guard let track = track(source) else { return true }
        return hasReached(position, track)
    }

    /// The same, after waiting up to `milliseconds`, at most 250 of them, for it to become so.
    /// Woken by the projector; where that is another process, looks every 20 ms.
    package func wait(until position: Int64, of source: String, milliseconds: Int) async -> Bool {
        guard let track = track(source) else { return true }
        let deadline = clock.now() + Int64(min(milliseconds, OutboxLimits.causalMillisecondsMax))
        while true {
            let generation = track.signal.generation
            if hasReached(position, track) { return true }
            let now = clock.now()
            guard now < deadline, !Task.isCancelled else { return false }
            let isTold = track.isHolder(at: now)
            let pause = isTold ? Int.max : OutboxLimits.causalLookMilliseconds
            await track.signal.wait(
                since: generation, milliseconds: min(pause, Int(deadline - now)), clock)
        }
    }

    /// How many seconds behind `source` the projection is known to be; nil while it is fresh: at
    /// most two, and the source answers. Nil also for a source that is not followed.
    package func stalenessSeconds(of source: String) -> Int? {
        track(source)?.stalenessSeconds(at: clock.now())
    }

    /// The value of `Forum-Staleness` for an answer that shows data of `sources`, such as
    /// `users;age=12`; nil when all of them are fresh.
    package func staleness(of sources: [String]) -> String? {
        let stale = sources.compactMap { source in
            stalenessSeconds(of: source).map { "\(source);age=\($0)" }
        }
        return stale.isEmpty ? nil : stale.joined(separator: ", ")
    }

    /// Whether the process may call itself ready: every source has been caught up with once, or
    /// five seconds have passed.
    package var caughtUp: Bool {
        tracks.allSatisfy(\.hasCaughtUp)
            || clock.now() - startedAt >= OutboxLimits.catchUpMilliseconds
    }

    /// Returns once every source has been caught up with or has been asked in vain, or the process
    /// may call itself ready without: a start must not depend on another service being up.
    package func waitUntilSettled() async {
        for track in tracks {
            while !Task.isCancelled {
                let generation = track.signal.generation
                let rest = startedAt + OutboxLimits.catchUpMilliseconds - clock.now()
                if track.hasCaughtUp || track.hasFailed || rest <= 0 { break }
                await track.signal.wait(
                    since: generation, milliseconds: Int(rest), clock)
            }
        }
    }

    /// What is to be said in metrics and by `/readyz`, a row for each source.
    package var figures: [ProjectorFigures] {
        let now = clock.now()
        return tracks.map { $0.figures(at: now) }
    }

    func track(_ source: String) -> ProgressTrack? { tracks.first { $0.source == source } }

    private func hasReached(_ position: Int64, _ track: ProgressTrack) -> Bool {
        if track.isHolder(at: clock.now()) { return track.reached >= position }
        // A store that cannot be read has not reached anything.
        let reached = try? store.read { try $0.first(Outbox.Queries.reached, track.source) }
        return (reached ?? ProgressTrack.nowhere) >= position
    }
}
