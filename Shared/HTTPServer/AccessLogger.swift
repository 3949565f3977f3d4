import Bytes
import HTTP
package import Reactor
package import Telemetry

/// Writes an access line for each exchange of one loop, and lets lines go at least once a second.
package final class AccessLogger: ExchangeLog {
    private static let flushMilliseconds: Int64 = 1_000
    private static let unreadable = ByteString("-")

    private let log: AccessLog

    /// Made on its loop.
    package init(_ file: AccessLogFile, loop: EventLoop) {
        log = AccessLog(file: file)
        AccessLogger.flushAgain(LoopBound(self, on: loop))
    }

    package func exchangeEnded(_ exchange: borrowing EndedExchange, _ connection: Connection) {
        let method = exchange.head?.method.name ?? "-"
        let methodBytes = unsafe UnsafeRawBufferPointer(
            start: method.utf8Start, count: method.utf8CodeUnitCount)
        let storage = exchange.head?.storage
        unsafe connection.peerText.withBytes { client in
            unsafe AccessLogger.unreadable.withBytes { unreadable in
                let target = unsafe exchange.head.map { unsafe $0.storage.bytes($0.target) }
                var record = unsafe AccessRecord(
                    time: Timestamp(milliseconds: exchange.arrivedAtMilliseconds), client: client,
                    method: methodBytes, target: target ?? unreadable, status: exchange.status,
                    requestBytes: exchange.requestBytes, responseBytes: exchange.answerBytes,
                    durationMicroseconds: Int(exchange.durationNanoseconds / 1_000))
                record.trace = (exchange.trace.high, exchange.trace.low)
                record.errorReason = AccessLogger.reason(exchange)
                log.append(record)
            }
        }
        withExtendedLifetime(storage) {}
    }

    /// Lets all lines go now.
    package func flush() { log.flush() }

    private static func reason(_ exchange: borrowing EndedExchange) -> StaticString? {
        if exchange.faultCode.utf8CodeUnitCount > 0 { return exchange.faultCode }
        return exchange.isComplete ? nil : "client-gone"
    }

    private static func flushAgain(_ logger: LoopBound<AccessLogger>) {
        logger.loop.schedule(afterMilliseconds: flushMilliseconds) {
            logger.here.flush()
            flushAgain(logger)
        }
    }
}
