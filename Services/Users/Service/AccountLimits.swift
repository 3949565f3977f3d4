// Every maximum and every span of time of accounts; those of what is typed are in the API.

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

/// Every maximum of names, with its reason.
enum NameLimits {
    /// What fits below a line that somebody types.
    static let searched: ClosedRange<Int64> = 1...20
    /// Links to a former name work for three months: who follows one later searches.
    static let formerMilliseconds: Int64 = 90 * 24 * 60 * 60 * 1000
    /// Names that one user keeps from others at a time: more would be hoarding.
    static let formerMax = 5
}

/// Every maximum of API tokens, with its reason.
enum TokenLimits {
    /// More programs than anybody has; a list needs no pages.
    static let tokensMax = 50
}

/// Every maximum of moderation, with its reason.
enum ModerationLimits {
    /// More bans than anybody survives; the newest are shown.
    static let bansShown = 200
}

/// Every maximum of deletions, with its reason.
enum DeletionLimits {
    /// Two weeks to think better of it.
    static let restorableMilliseconds: Int64 = 14 * 24 * 60 * 60 * 1000
    /// A year, after which nobody follows the name any more.
    static let reservedMilliseconds: Int64 = 365 * 24 * 60 * 60 * 1000
}

/// Every maximum of lists and of what is worked off beside them, with its reason.
enum ListLimits {
    /// Moderators and admins that are put into order in memory: no forum has more.
    static let staffMax: Int64 = 1000
    /// Users of one step of the audit: with a step every ten seconds fifty thousand take some
    /// hours, and a step costs less than a page of a list, unless somebody has written a book.
    static let auditedUsersMax = 50
}
