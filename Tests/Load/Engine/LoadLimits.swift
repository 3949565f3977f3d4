/// Every bound of a run, each with its reason: a load generator without bounds is an attack.
enum LoadLimits {
    /// Long enough for a steady figure, short enough that nobody interrupts it.
    static let durationDefault = 10 * Nanoseconds.second
    /// Over more than an hour one histogram hides more than it shows.
    static let durationMax = 3600 * Nanoseconds.second
    /// How long `--requests` may take when no `--duration` is given.
    static let countedDurationDefault = 600 * Nanoseconds.second
    static let warmupDefault = 1 * Nanoseconds.second
    static let warmupMax = 60 * Nanoseconds.second
    /// The product of this and a second in nanoseconds still fits the schedule's arithmetic.
    static let requestsMax = 1_000_000_000
    static let connectionsDefault = 64
    /// Open mode opens connections only on need, so its bound may be wider.
    static let openConnectionsDefault = 256
    /// Below the number of loopback ports that wait a minute in TIME_WAIT.
    static let connectionsMax = 10_000
    static let threadsMax = 64
    /// One thread cannot keep a finer schedule than a microsecond.
    static let rateMax = 1_000_000
    static let timeoutDefault = 10 * Nanoseconds.second
    static let timeoutMax = 300 * Nanoseconds.second
    static let roundsDefault = 5
    static let roundsMax = 100
    static let urlsMax = 64
    static let headersMax = 64
    static let watchedMax = 32
    /// A body is held in memory once and shared by all connections.
    static let bodyBytesMax = 64 << 20
    /// Larger than any header line that a server of this project may send.
    static let lineBytesMax = 16 << 10
    /// Lines of a head or of trailers; more is a server gone wrong.
    static let linesMax = 256
    /// One read takes what a socket's default receive window holds at once.
    static let receiveBytes = 64 << 10
    /// Requests that fell due in the last instant still go out; what waits longer is a backlog.
    static let openGrace = 200 * Nanoseconds.millisecond
    static let eventsPerWait = 256
    /// Timeouts and reconnects are looked at this often: cheap, and fine enough for seconds.
    static let tick = 100 * Nanoseconds.millisecond
    /// The reporting thread wakes this often to see whether the run has ended early.
    static let samplerTick = 5 * Nanoseconds.millisecond
    /// Integers above this are not exact in JSON.
    static let templateNumberMax = 1 << 53
    /// A `/proc` file or a list of children beyond this is not read further.
    static let procFileBytesMax = 1 << 20
}

/// Durations are `Int` nanoseconds everywhere; these are the words for them.
enum Nanoseconds {
    static let microsecond = 1_000
    static let millisecond = 1_000_000
    static let second = 1_000_000_000
}
