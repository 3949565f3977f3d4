import Bytes
import HTTP
import HTTPServer
import Reactor
import Telemetry

/// Counts each exchange of a loop when it is over, and writes its access line.
final class ProxyLog: ExchangeLog {
    /// What an ALB writes for a client that went away before it was answered. Never sent to
    /// anybody.
    private static let clientClosedStatus = 460

    /// Lines wait for each other at most this long.
    private static let flushMilliseconds: Int64 = 1_000

    private unowned let loop: ProxyLoop
    private let log: AccessLog?

    /// Belongs to `loop`. `log` is nil where no access log is wanted.
    init(_ loop: ProxyLoop, _ log: AccessLog?) {
        self.loop = loop
        self.log = log
        if log != nil { ProxyLog.flushAgain(LoopBound(self, on: loop.loop)) }
    }

    /// Writes the lines that wait for more of them.
    func flush() { log?.flush() }

    private static func flushAgain(_ log: LoopBound<ProxyLog>) {
        log.loop.schedule(afterMilliseconds: flushMilliseconds) {
            log.here.flush()
            flushAgain(log)
        }
    }

    func exchangeEnded(
        _ ended: borrowing EndedExchange, _ connection: Connection
    ) {
        let proxied = loop.leave(connection.token)
        if let proxied { count(proxied.exchange) }
        guard let log else { return }
        unsafe connection.peerText.withBytes { unsafe append(ended, proxied, client: $0, to: log) }
    }

    private func append(
        _ ended: borrowing EndedExchange, _ proxied: Proxy?, client: UnsafeRawBufferPointer,
        to log: AccessLog
    ) {
        let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        let storage = ended.head?.storage
        let method = unsafe ended.head.map { unsafe $0.method.name.bytes }
        let target = unsafe ended.head.map { unsafe $0.storage.bytes($0.target) }
        var record = unsafe AccessRecord(
            time: Timestamp(milliseconds: ended.arrivedAtMilliseconds), client: client,
            method: method ?? nothing, target: target ?? nothing, status: status(ended),
            requestBytes: ended.requestBytes + (ended.head?.byteCount ?? 0),
            responseBytes: ended.answerBytes,
            durationMicroseconds: Int(ended.durationNanoseconds / 1000))
        record.trace = (ended.trace.high, ended.trace.low)
        if let proxied { addForwarding(proxied.exchange, to: &record) }
        record.errorReason = reason(ended, proxied?.exchange.trail)
        log.append(record)
        withExtendedLifetime(storage) {}
    }

    private func count(_ exchange: borrowing ProxiedExchange) {
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

    private func addForwarding(
        _ exchange: borrowing ProxiedExchange, to record: inout AccessRecord
    ) {
        guard let rule = exchange.rule, let targets = exchange.targets else { return }
        let isAnswered = exchange.targetStatus != nil
        let nanoseconds = exchange.answeredNanoseconds - exchange.sentNanoseconds
        record.forwarding = AccessRecord.Forwarding(
            rule: rule.priority, targetGroup: targets.label,
            targetHost: exchange.trail.last?.target.label ?? ByteString(),
            targetStatus: exchange.targetStatus,
            targetDurationMicroseconds: isAnswered ? Int(nanoseconds / 1000) : nil,
            attempts: exchange.trail.count)
    }

    private func reason(
        _ ended: borrowing EndedExchange, _ trail: AttemptTrail?
    ) -> StaticString? {
        if ended.faultCode.utf8CodeUnitCount > 0 { return ended.faultCode }
        if let failure = trail?.last?.failure { return failure.code }
        return ended.isComplete ? nil : "client-closed"
    }
}

extension StaticString {
    /// The bytes of a text known when the program was built: they are there for its whole life.
    fileprivate var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
