import SQLite

/// The right to follow a source on behalf of a store, held by one of the processes over its file.
///
/// It lasts for a time, so that a holder that hangs does not stop the others for ever; that one has
/// died is known sooner, see `LifeSign`. What keeps a slow
/// one from harm is not the time but the term: it is checked and the lease renewed in the
/// transaction of every effect, so whoever has lost it commits nothing.
struct Lease: Equatable, Sendable {
    let source: String
    let holder: String
    /// Grows each time the lease changes hands.
    let term: Int64
    /// Milliseconds since 1970.
    let endsAt: Int64

    /// The lease, unless somebody else holds it now; `evenIfHeld` says that whoever did is gone.
    static func take(
        _ source: String, for holder: String, evenIfHeld: Bool,
        in transaction: borrowing Transaction
    ) throws -> Lease? {
        let now = transaction.now
        let endsAt = now + OutboxLimits.leaseMilliseconds
        let term = try transaction.first(
            Outbox.Queries.takeLease, source, holder, endsAt, now, evenIfHeld)
        return term.map { Lease(source: source, holder: holder, term: $0, endsAt: endsAt) }
    }

    /// The same lease for its whole time again; throws `LeaseLost` when it has been taken over.
    func renewed(in transaction: borrowing Transaction) throws -> Lease {
        try set(endsAt: transaction.now + OutboxLimits.leaseMilliseconds, in: transaction)
    }

    /// Leaves it to whoever asks first.
    func release(in transaction: borrowing Transaction) throws {
        _ = try set(endsAt: 0, in: transaction)
    }

    /// Whether a lease that ends at `endsAt` binds others at `now`; see `takeLease` for the clock.
    static func binds(endingAt endsAt: Int64, at now: Int64) -> Bool {
        endsAt > now && endsAt <= now + OutboxLimits.leaseMilliseconds
    }

    private func set(endsAt: Int64, in transaction: borrowing Transaction) throws -> Lease {
        try transaction.run(Outbox.Queries.renewLease, source, holder, term, endsAt)
        guard transaction.changes == 1 else { throw LeaseLost() }
        return Lease(source: source, holder: holder, term: term, endsAt: endsAt)
    }
}

/// Another process has taken the lease over: nothing of this transaction is kept.
struct LeaseLost: Error {}
