/// A checked description of one run; everything in it is within `LoadLimits`.
struct LoadPlan: Sendable {
    enum Mode: Sendable, Equatable {
        case closed
        case open(ratePerSecond: Int)
    }

    var mode: Mode = .closed
    var requests: [RequestTemplate]
    var connections = LoadLimits.connectionsDefault
    var threads = 1
    /// Length of the measured window, warm-up apart.
    var durationNanoseconds = LoadLimits.durationDefault
    /// Ends the window early, after so many requests.
    var requestsMax: Int?
    var warmupNanoseconds = LoadLimits.warmupDefault
    var timeoutNanoseconds = LoadLimits.timeoutDefault
    var expected = ExpectedStatuses.success
    var seed: UInt64 = 1
    var watched: [WatchedProcess] = []

    /// All requests of a run go to one place.
    var endpoint: Endpoint { requests[0].url.endpoint }

    /// The pace of one of the run's threads.
    func pace(for thread: Int, in window: Window) -> Pace {
        switch mode {
        case .closed:
            let share = requestsMax.map { Self.share(of: $0, for: thread, among: threads) }
            return .closed(
                ClosedPace(
                    countFrom: window.measureStart, end: window.end, requests: share ?? Int.max))
        case .open(let rate):
            return .open(
                OpenPace(
                    start: window.start, countFrom: window.measureStart, end: window.end,
                    ratePerSecond: rate, counted: requestsMax, thread: thread, threads: threads))
        }
    }

    func connections(for thread: Int) -> Int {
        Self.share(of: connections, for: thread, among: threads)
    }

    private static func share(of total: Int, for thread: Int, among threads: Int) -> Int {
        total / threads + (thread < total % threads ? 1 : 0)
    }
}

/// A process whose CPU time is to be divided by the number of requests.
struct WatchedProcess: Sendable, Equatable {
    let name: String
    let pid: Int32
    /// Whether its children, and theirs, count as one with it.
    let withChildren: Bool
}

/// The instants of a run on the monotonic clock, in nanoseconds.
struct Window: Sendable {
    let start: Int
    /// Requests that start from here on are counted.
    let measureStart: Int
    /// No request starts from here on.
    let end: Int

    init(start: Int, plan: LoadPlan) {
        self.start = start
        measureStart = start + plan.warmupNanoseconds
        end = measureStart + plan.durationNanoseconds
    }
}
