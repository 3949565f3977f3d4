package import HTTP
package import HTTPClient

/// Decides what follows a failed attempt, from facts: what happened, and what was already sent.
package struct RetryPolicy: Sendable {
    /// How an attempt can fail.
    package enum Failure: Sendable, Equatable {
        /// The target refused the connection or could not be reached: it got nothing.
        case connectFailed
        /// No connection in time: it got nothing.
        case connectTimedOut
        /// The connection ended before the first byte of an answer.
        case closedBeforeAnswer(connectionWasReused: Bool)
        /// No first byte in time, or no further byte for too long.
        case timedOut
        /// Bytes that are no HTTP answer.
        case malformedAnswer
        /// The connection ended in the middle of an answer.
        case brokenAnswer
        /// The deregistration delay of its target ran out.
        case cutOff

        package init(_ failure: UpstreamFailure) {
            switch failure {
            case .connectFailed: self = .connectFailed
            case .connectTimedOut: self = .connectTimedOut
            case .closedBeforeAnswer(let isReused):
                self = .closedBeforeAnswer(connectionWasReused: isReused)
            case .timedOut: self = .timedOut
            case .malformedAnswer: self = .malformedAnswer
            case .brokenAnswer: self = .brokenAnswer
            }
        }

        /// A stable word for logs.
        package var code: StaticString {
            switch self {
            case .connectFailed: "connect-failed"
            case .connectTimedOut: "connect-timed-out"
            case .closedBeforeAnswer(connectionWasReused: true): "reused-connection-closed"
            case .closedBeforeAnswer(connectionWasReused: false): "closed-before-answer"
            case .timedOut: "timed-out"
            case .malformedAnswer: "malformed-answer"
            case .brokenAnswer: "broken-answer"
            case .cutOff: "deregistered"
            }
        }

        /// Whether the target may be down, so that looking at it at once pays.
        package var castsDoubt: Bool {
            switch self {
            case .connectFailed, .connectTimedOut: true
            case .closedBeforeAnswer(let connectionWasReused): !connectionWasReused
            case .timedOut, .malformedAnswer, .brokenAnswer, .cutOff: false
            }
        }
    }

    /// What to do next.
    package enum Decision: Sendable, Equatable {
        /// Another target, if there is one that was not tried.
        case anotherTarget
        /// Once more, on a connection made for it, at this target or another.
        case freshConnection
        case giveUp
    }

    /// What the decision depends on beside the failure.
    package struct Circumstances: Sendable {
        package let method: Method
        /// Attempts made, the failed one included.
        package let attempts: Int
        /// Whether the whole request, as far as it was sent, can be sent again.
        package let canReplay: Bool
        /// Whether a stale pooled connection was already forgiven once.
        package let hasForgivenReuse: Bool

        package init(method: Method, attempts: Int, canReplay: Bool, hasForgivenReuse: Bool) {
            self.method = method
            self.attempts = attempts
            self.canReplay = canReplay
            self.hasForgivenReuse = hasForgivenReuse
        }
    }

    /// Targets tried for one request at most: the third says no more than the second.
    package var attemptsMax = 3

    package init() {}

    package func decide(_ failure: Failure, _ facts: Circumstances) -> Decision {
        switch failure {
        case .connectFailed, .connectTimedOut:
            facts.attempts < attemptsMax && facts.canReplay ? .anotherTarget : .giveUp
        case .closedBeforeAnswer(connectionWasReused: true):
            facts.method.isIdempotent && facts.canReplay && !facts.hasForgivenReuse
                ? .freshConnection : .giveUp
        case .closedBeforeAnswer(connectionWasReused: false):
            // The target may have begun: only what may happen twice goes elsewhere.
            facts.method.isIdempotent && facts.canReplay && facts.attempts < attemptsMax
                ? .anotherTarget : .giveUp
        case .timedOut, .malformedAnswer, .brokenAnswer, .cutOff:
            .giveUp
        }
    }
}
