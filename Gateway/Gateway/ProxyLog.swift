package import HTTPServer
import Bytes
import HTTP
package import Telemetry

/// Counts each exchange of a loop when it is over, and writes its access line.
package final class ProxyLog: ExchangeLog {
    /// What an ALB writes for a client that went away before it was answered. Never sent to anybody.
    private static let clientClosedStatus = 460

    private let loop: ProxyLoop
    private let log: AccessLog?
    private var peer = ByteBuffer()

    /// `log` is nil where no access log is wanted.
    package init(_ loop: ProxyLoop, _ log: AccessLog?) {
        self.loop = loop
        self.log = log
    }

    package func exchangeEnded(
        _ ended: borrowing EndedExchange, _ connection: Connection
    ) {
        let proxied = loop.leave(connection.token)?.exchange
        if let proxied { count(proxied) }
        guard let log else { return }
        peer.removeAll()
        ended.peer.write(into: &peer)
        let target = ended.head.map { unsafe $0.storage.bytes($0.target) }
        var record = unsafe AccessRecord(
            time: Timestamp(milliseconds: ended.arrivedAtMilliseconds), client: peer.readable,
            method: ended.head.map { $0.method.name.bytes } ?? ProxyLog.nothing,
            target: target ?? ProxyLog.nothing, status: status(ended),
            requestBytes: ended.requestBytes + (ended.head?.byteCount ?? 0),
            responseBytes: ended.answerBytes,
            durationMicroseconds: Int(ended.durationNanoseconds / 1000))
        record.trace = (ended.trace.high, ended.trace.low)
        record.forwarding = proxied.flatMap(forwarding)
        record.errorReason = reason(ended, proxied)
        log.append(record)
    }

    private func count(_ exchange: ProxiedExchange) {
        guard let metrics = exchange.targets?.metrics, let status = exchange.targetStatus else {
            return
        }
        metrics.answered(status)
        let nanoseconds = exchange.answeredNanoseconds - exchange.sentNanoseconds
        metrics.responseTime.observe(Int(nanoseconds / 1000))
    }

    private func status(_ ended: borrowing EndedExchange) -> Int {
        ended.status == 0 ? ProxyLog.clientClosedStatus : ended.status
    }

    private func forwarding(_ exchange: ProxiedExchange) -> AccessRecord.Forwarding? {
        guard let rule = exchange.rule, let targets = exchange.targets else { return nil }
        var forwarding = AccessRecord.Forwarding(
            rule: rule.priority, targetGroup: targets.label, attempts: exchange.trail.count)
        if let target = exchange.trail.last?.target { forwarding.targetHost = target.label }
        if let status = exchange.targetStatus {
            forwarding.targetStatus = status
            let nanoseconds = exchange.answeredNanoseconds - exchange.sentNanoseconds
            forwarding.targetDurationMicroseconds = Int(nanoseconds / 1000)
        }
        return forwarding
    }

    private func reason(
        _ ended: borrowing EndedExchange, _ exchange: ProxiedExchange?
    ) -> StaticString? {
        if ended.faultCode.utf8CodeUnitCount > 0 { return ended.faultCode }
        if let failure = exchange?.trail.last?.failure { return failure.code }
        return ended.isComplete ? nil : "client-closed"
    }

    private static let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
}

extension StaticString {
    /// The bytes of a text known when the program was built: they are there for its whole life.
    fileprivate var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
