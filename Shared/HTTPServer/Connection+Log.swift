import HTTP
import Reactor
import Telemetry

/// What is told of an exchange when it is over.
extension Connection {
    func logExchange(isComplete: Bool) {
        let nanoseconds = LoopClock.monotonicNanoseconds() - current.startedNanoseconds
        if isComplete, current.status >= 100 {
            context.metrics.answers[current.status / 100 - 1].add()
        }
        context.metrics.duration.observe(Int(nanoseconds / 1000))
        guard let log = context.log else { return }
        let ended = EndedExchange(
            head: current.head, peer: peer, trace: current.trace, status: current.status,
            isComplete: isComplete, requestBytes: current.requestBytes,
            answerBytes: current.answerBytes,
            arrivedAtMilliseconds: current.arrivedAtMilliseconds,
            durationNanoseconds: nanoseconds, faultCode: current.faultCode)
        log.exchangeEnded(ended, self)
    }
}
