/// Every maximum of sessions, with its reason.
enum SessionLimits {
    /// Who comes back within a month need not sign in again.
    static let refreshMilliseconds: Int64 = 30 * 24 * 60 * 60 * 1000
    /// How long an answer that was lost may be asked for again under its Idempotency-Key: a client
    /// tries at once or never.
    static let graceMilliseconds: Int64 = 10_000
    /// How coarsely it is known when somebody was last there: a write for a user now and then.
    static let seenMilliseconds: Int64 = 10 * 60 * 1000
    /// More places than anybody is signed in at; a new one ends the oldest.
    static let sessionsMax = 50
}
