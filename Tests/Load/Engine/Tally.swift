/// Why a request got no answer.
enum Fault: String, Sendable, CaseIterable {
    /// The connection could not be opened.
    case connect
    /// The connection was reset or broke while sending or reading.
    case reset
    /// The connection was closed before the answer was complete.
    case closed
    /// The bytes were not an HTTP/1.x answer.
    case malformed
    /// No complete answer within the time-out.
    case timeout
    /// Open mode: due, but no connection was free for it until the end.
    case unsent
}

/// What one worker counts; all of it concerns requests that started inside the measured window.
struct Tally: Sendable {
    private(set) var latency = Histogram()
    /// Open mode: how late requests were sent; includes waiting for a connection.
    private(set) var sendLag = Histogram()
    private var statusCounts = [Int](repeating: 0, count: 600)
    private var faultCounts = [Int](repeating: 0, count: Fault.allCases.count)
    private(set) var bytesReceived = 0
    private(set) var bytesSent = 0
    private(set) var connectionsOpened = 0
    private(set) var connectionsPeak = 0
    private(set) var backlogPeak = 0
    /// On the monotonic clock; 0 when there was no answer.
    private(set) var lastAnswerAt = 0

    mutating func answered(status: Int, start: Int, at now: Int) {
        statusCounts[status] += 1
        latency.record(now - start)
        lastAnswerAt = now
    }

    mutating func sent(lag nanoseconds: Int) { sendLag.record(nanoseconds) }

    /// Counted requests that were made, whatever became of them; those that never could be are not.
    var made: Int { answered + faults.reduce(0) { $0 + ($1.fault == .unsent ? 0 : $1.count) } }

    mutating func failed(_ fault: Fault, count: Int = 1) {
        faultCounts[Self.index(of: fault)] += count
    }

    mutating func moved(received: Int = 0, sent: Int = 0) {
        bytesReceived += received
        bytesSent += sent
    }

    mutating func opened(nowOpen: Int) {
        connectionsOpened += 1
        connectionsPeak = max(connectionsPeak, nowOpen)
    }

    mutating func waiting(_ backlog: Int) { backlogPeak = max(backlogPeak, backlog) }

    /// The sum of two workers; peaks add up because they may have been simultaneous.
    mutating func merge(_ other: Tally) {
        latency.merge(other.latency)
        sendLag.merge(other.sendLag)
        for index in statusCounts.indices { statusCounts[index] += other.statusCounts[index] }
        for index in faultCounts.indices { faultCounts[index] += other.faultCounts[index] }
        bytesReceived += other.bytesReceived
        bytesSent += other.bytesSent
        connectionsOpened += other.connectionsOpened
        connectionsPeak += other.connectionsPeak
        backlogPeak += other.backlogPeak
        lastAnswerAt = max(lastAnswerAt, other.lastAnswerAt)
    }

    var answered: Int { latency.count }

    /// Ascending statuses that occurred, with their number.
    var statuses: [(status: Int, count: Int)] {
        statusCounts.indices.filter { statusCounts[$0] > 0 }.map { ($0, statusCounts[$0]) }
    }

    /// Faults that occurred, with their number.
    var faults: [(fault: Fault, count: Int)] {
        Fault.allCases.map { ($0, faultCounts[Self.index(of: $0)]) }.filter { $0.1 > 0 }
    }

    private static func index(of fault: Fault) -> Int {
        switch fault {
        case .connect: 0
        case .reset: 1
        case .closed: 2
        case .malformed: 3
        case .timeout: 4
        case .unsent: 5
        }
    }
}
