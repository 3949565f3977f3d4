/// Every maximum and every wait of this module, with its reason.
package enum OutboxLimits {
    // MARK: Events

    /// Bytes of a kind: a word or two.
    package static let kindBytesMax = 64
    /// Bytes of a key that is a text: two words and two numbers.
    package static let keyBytesMax = 256
    /// Bytes of a body: a topic's opening text of 32 000 characters, all escaped, takes 384 000.
    package static let bodyBytesMax = 512 << 10

    // MARK: Pages

    /// Events of a page, which its reader applies in one commit: about as many rows as a commit
    /// takes before it lets others go first.
    package static let pageEventsMax = 500
    /// Events that somebody may ask for at once.
    package static let pageEventsAskedMax = 1_000
    /// Rows of a snapshot's page: read on a loop within a millisecond or two.
    package static let snapshotRowsMax = 1_000
    /// Full pages of a snapshot that are kept in one commit: rows of a load lie all over an index,
    /// and a page of the file that several of them have changed is written once. Others who want to
    /// write wait for a tenth of a second.
    static let copiedPagesMax = 4
    /// A page ends with the event that reaches this size, so that memory is bounded whatever the
    /// events hold.
    static let pageBytesMax = 1 << 20
    /// What a reader takes of an answer: a page, its last body, and the rest with room to spare.
    package static let answerBytesMax = 2 << 20

    // MARK: Long polls

    /// The longest a poll may wait, in seconds: below every idle timeout on the way.
    package static let waitSecondsMax = 25
    /// Polls that wait at once on one store; one more is answered at once, as if it had not asked
    /// to wait.
    package static let waitingPollsMax = 64
    /// How often a waiting poll looks for the commits of other processes, which nobody signals,
    /// while there are none. A look wakes an idle process, which costs a third of a millisecond.
    package static let lookMilliseconds = 1_000
    /// How often it looks once there have been some: a causal read has patience for a few of these.
    package static let lookOftenMilliseconds = 50
    /// How long after the latest of them.
    static let lookOftenForMilliseconds: Int64 = 10_000

    // MARK: Projecting

    /// How long a projector lets its poll wait: a source that has fallen silent is noticed before
    /// its silence is called staleness.
    package static let pollMilliseconds = 1_000
    /// What the answer to a request may take beyond the time it was allowed to wait.
    package static let answerMilliseconds = 2_000
    /// A poll that came back empty sooner than this is followed by a pause, so that a source that
    /// does not wait cannot make us ask without end.
    static let idlePauseMilliseconds = 100
    /// How long a lease lasts. A replica that hangs lets the others wait this long; one that has
    /// died does not.
    package static let leaseMilliseconds: Int64 = 10_000
    /// A projector that has nothing to commit renews its lease when less than this is left of it:
    /// one small commit in five seconds.
    static let leaseRenewMilliseconds: Int64 = 5_000
    /// How often a replica that does not project looks whether it should, and how things stand.
    package static let standbyMilliseconds = 1_000
    /// The first pause after a failure; each one after it is twice as long.
    static let pauseMilliseconds = 100
    /// The longest: a source that comes back is heard within two seconds.
    static let pauseMillisecondsMax = 2_000

    // MARK: Readers

    /// What a request waits at most for a position (§ causal reads): a user does not notice it.
    package static let causalMillisecondsMax = 250
    /// How often a causal wait looks at the store in a replica that is not the projector.
    static let causalLookMilliseconds = 20
    /// A source that is further behind is called stale.
    package static let freshMilliseconds: Int64 = 2_000
    /// After this time a process is ready although it has not caught up: a source that is down must
    /// not keep the others down.
    package static let catchUpMilliseconds: Int64 = 5_000

    // MARK: Compaction

    /// Superseded states are kept this long, for people who look at what happened.
    package static let supersededMilliseconds: Int64 = 3_600_000
    /// Facts are kept this long: a reader that was away for longer has missed some and is told.
    package static let factMilliseconds: Int64 = 14 * 24 * 3_600_000
    /// Rows that one step of a compaction looks at, and so the most it removes in one commit.
    package static let compactionRowsMax = 500
    /// The pause between two walks over the outbox.
    static let compactionPauseMilliseconds = 600_000
}
