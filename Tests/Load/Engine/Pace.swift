/// When the next request is due; a pure function of the clock that is handed in.
///
/// Closed: at once, whenever a connection is free. Open: by a fixed schedule, free connection or
/// not; the start of a request is then the instant it was due, so waiting counts as latency.
enum Pace: Sendable {
    case closed(ClosedPace)
    case open(OpenPace)

    /// The start of the next request if one is due, and counts it as sent.
    mutating func take(at now: Int) -> Int? {
        switch self {
        case .closed(var pace):
            defer { self = .closed(pace) }
            return pace.take(at: now)
        case .open(var pace):
            defer { self = .open(pace) }
            return pace.take(at: now)
        }
    }

    /// True when no request will follow.
    func isOver(at now: Int) -> Bool {
        switch self {
        case .closed(let pace): pace.isOver(at: now)
        case .open(let pace): pace.isOver(at: now)
        }
    }

    /// Requests that are due and not yet sent.
    func backlog(at now: Int) -> Int {
        switch self {
        case .closed: 0
        case .open(let pace): pace.backlog(at: now)
        }
    }

    /// The next instant at which there will be something to send without a connection falling free.
    func wake(at now: Int) -> Int? {
        switch self {
        case .closed: nil
        case .open(let pace): pace.wake(at: now)
        }
    }

    /// Ends the sending early.
    mutating func stop(at now: Int) {
        switch self {
        case .closed(var pace):
            pace.stop(at: now)
            self = .closed(pace)
        case .open(var pace):
            pace.stop(at: now)
            self = .open(pace)
        }
    }
}

/// Each free connection sends at once, until time or the number of counted requests is up.
struct ClosedPace: Sendable {
    /// Requests from here on are counted.
    let countFrom: Int
    private var end: Int
    private(set) var remaining: Int

    init(countFrom: Int, end: Int, requests: Int) {
        self.countFrom = countFrom
        self.end = end
        remaining = requests
    }

    mutating func take(at now: Int) -> Int? {
        guard !isOver(at: now) else { return nil }
        if now >= countFrom { remaining -= 1 }
        return now
    }

    func isOver(at now: Int) -> Bool { now >= end || remaining == 0 }

    mutating func stop(at now: Int) { end = min(end, now) }
}
