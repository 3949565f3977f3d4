package import HTTP

/// How an exchange with another server can fail. Each case says what the other side can have seen.
package enum UpstreamFailure: Error, Sendable, Equatable {
    /// The connection was refused or the address cannot be reached; `code` is the system's error
    /// number. The server got nothing.
    case connectFailed(code: Int32)
    /// No connection in time. The server got nothing.
    case connectTimedOut
    /// The connection ended before the first byte of an answer. A reused one was most likely closed
    /// while the request was on its way.
    case closedBeforeAnswer(connectionWasReused: Bool)
    /// No byte came for too long, or the whole took too long.
    case timedOut(answerHadBegun: Bool)
    /// The answer is not HTTP, or breaks its rules or limits.
    case malformedAnswer(HTTPFault)
    /// The connection ended in the middle of an answer.
    case brokenAnswer

    /// A stable word for logs and metrics.
    package var code: StaticString {
        switch self {
        case .connectFailed: "connect-failed"
        case .connectTimedOut: "connect-timed-out"
        case .closedBeforeAnswer(connectionWasReused: true): "reused-connection-closed"
        case .closedBeforeAnswer(connectionWasReused: false): "closed-before-answer"
        case .timedOut(answerHadBegun: false): "first-byte-timed-out"
        case .timedOut(answerHadBegun: true): "answer-timed-out"
        case .malformedAnswer: "malformed-answer"
        case .brokenAnswer: "broken-answer"
        }
    }

    /// Whether a request with `method` may be sent again: it had no effect, or having it twice is
    /// the same as once.
    package func isRetryable(_ method: Method) -> Bool {
        switch self {
        case .connectFailed, .connectTimedOut: true
        case .closedBeforeAnswer(let connectionWasReused):
            connectionWasReused && method.isIdempotent
        case .timedOut, .malformedAnswer, .brokenAnswer: false
        }
    }

    /// The same for callers of a transport. `peer` names the other side.
    package func error(_ method: Method, peer: String) -> TransportError {
        TransportError(
            .upstream, code, "\(peer): \(sentence)", isRetryable: isRetryable(method))
    }

    private var sentence: String {
        switch self {
        case .connectFailed(let code): "cannot be connected to, system error \(code)"
        case .connectTimedOut: "does not accept the connection in time"
        case .closedBeforeAnswer: "closed the connection without an answer"
        case .timedOut(answerHadBegun: false): "does not answer in time"
        case .timedOut(answerHadBegun: true): "did not finish its answer in time"
        case .malformedAnswer(let fault): "sent an answer that cannot be read: \(fault.detail)"
        case .brokenAnswer: "closed the connection in the middle of its answer"
        }
    }
}
