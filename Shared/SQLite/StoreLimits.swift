/// Every maximum of this module, with its reason.
package enum StoreLimits {
    /// How long a statement waits for another process before it fails as `busy`: longer than any
    /// group commit or checkpoint takes, short enough that a client still listens.
    package static let busyTimeoutMilliseconds: Int64 = 2_000

    /// How long a start waits for another process that migrates the same file: building an index
    /// over millions of rows takes longer than a commit.
    package static let migrationTimeoutMilliseconds: Int64 = 60_000

    /// Writes that may wait for the writer. Each is a client that waits: at 64 per commit and 10 ms
    /// for a slow disk's sync the last of them still waits less than half a second.
    package static let pendingWritesMax = 2_048

    /// Requests in one commit. Beyond a few hundred the sync is already paid for, and a longer
    /// batch only delays those who came first.
    package static let requestsPerCommitMax = 256

    /// Rows changed by one commit before it takes no further request: those behind a bulk load wait
    /// long enough, and a load that comes first in its commit is written at full speed.
    package static let changesPerCommitMax = 512

    /// Reader connections kept open while nobody reads: one for each loop of a usual machine. More
    /// readers at once are opened when needed and closed when given back.
    package static let idleReadersMax = 8

    /// The largest text, blob or row, in bytes: values are held in memory whole.
    package static let valueBytesMax: Int32 = 64 << 20

    /// Pages in the write-ahead log that make the writer copy them into the main file after it has
    /// answered: 4 MiB, so that the log stays small and most commits pay nothing.
    package static let logPagesBeforeCheckpoint = 1_000

    /// Commits as large as the latest one that a log may hold before it is copied: a load or a copy
    /// changes the same pages again and again, and each is then copied once.
    static let commitsBeforeCheckpoint = 6

    /// The longest such log, in pages: 64 MiB, so that it can be copied in a fraction of a second.
    static let logPagesMax = 16_384

    /// The first pause between two attempts to get a lock, in microseconds; each is twice as long
    /// as the one before.
    static let busyPauseMicroseconds: UInt32 = 100

    /// The longest such pause: a commit of another process takes about this long, and an attempt
    /// costs a few microseconds.
    static let busyPauseMicrosecondsMax: UInt32 = 1_000
}
