import HTTP

/// When things began on a connection, and so when its patience ends. Pure: the caller brings the
/// time.
struct ConnectionTiming {
    /// A head or a wait for one began.
    private var since: Int64 = 0
    private var hasBytes = false
    private var headSince: Int64?
    private var bodySince: Int64?
    private var bodyBytes = 0
    private var progressAt: Int64 = 0
    private var lingerSince: Int64 = 0
    private(set) var lingerBytes = 0
    /// A writer was told to wait until everything has been sent.
    var wantsRoom = false
    /// The deadline that the wheel will tell; nil when none is armed.
    var armed: Int64?

    mutating func start(now: Int64) {
        since = now
        progressAt = now
    }

    mutating func received(_ bytes: Int) {
        hasBytes = true
        if bodySince != nil { bodyBytes += bytes }
    }

    mutating func requestBegan() {
        headSince = nil
        bodySince = nil
        bodyBytes = 0
    }

    mutating func requestEnded(now: Int64) {
        since = now
        hasBytes = false
        bodySince = nil
    }

    /// The body's rate is judged anew from here, since the pause was not the client's.
    mutating func restartBody(now: Int64) {
        bodySince = now
        bodyBytes = 0
    }

    mutating func progressed(now: Int64) { progressAt = now }

    mutating func linger(now: Int64) {
        lingerSince = now
        lingerBytes = 0
    }

    mutating func dropped(_ bytes: Int) { lingerBytes += bytes }

    /// The end of patience for what is awaited now.
    mutating func deadline(
        _ awaits: ConnectionMachine.Awaits, now: Int64, limits: HTTPLimits
    ) -> Int64? {
        switch awaits {
        case .request: return since + Int64(limits.idleMilliseconds)
        case .head: return headDeadline(now, limits)
        case .body:
            if bodySince == nil { restartBody(now: now) }
            guard let bodySince else { return nil }
            let earned = bodyBytes / max(1, limits.bodyBytesPerSecondMin) * 1000
            return bodySince + Int64(limits.bodyGraceMilliseconds) + Int64(earned)
        case .nothing: return nil
        }
    }

    /// The end of patience with a client that takes nothing.
    func stallDeadline(_ limits: HTTPLimits) -> Int64 {
        progressAt + Int64(limits.writeStallMilliseconds)
    }

    /// The end of a lingering close.
    func lingerDeadline(_ limits: HTTPLimits) -> Int64 {
        lingerSince + Int64(limits.lingerMilliseconds)
    }

    /// A head has its whole life measured from the first time it was seen incomplete.
    private mutating func headDeadline(_ now: Int64, _ limits: HTTPLimits) -> Int64 {
        let began = headSince ?? now
        headSince = began
        return began + Int64(limits.headMilliseconds)
    }
}
