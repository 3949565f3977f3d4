import Bytes
import HTTP
import Reactor

/// What is remembered of the exchange a connection is in, for its answer and for the log.
struct ExchangeState {
    /// The room of the current head; shared with whoever still reads it.
    var storage: HeadStorage?
    var head: RequestHead?
    var trace = TraceContext(high: 0, low: 1, parent: 1)
    var status = 0
    var framing = BodyFraming.none
    var requestBytes = 0
    var answerBytes = 0
    var arrivedAtMilliseconds: Int64 = 0
    var startedNanoseconds: Int64 = 0
    var faultCode: StaticString = ""

    mutating func begin(_ head: RequestHead?, _ loop: EventLoop) {
        self.head = head
        status = 0
        framing = .none
        requestBytes = 0
        answerBytes = 0
        faultCode = ""
        arrivedAtMilliseconds = loop.wallMilliseconds
        startedNanoseconds = LoopClock.monotonicNanoseconds()
        trace = ExchangeState.trace(of: head, loop)
    }

    /// The trace the client sent, or a new one.
    private static func trace(of head: RequestHead?, _ loop: EventLoop) -> TraceContext {
        if let head, let value = head.storage.first(.traceparent),
            let sent = unsafe TraceContext(parsing: head.storage.bytes(value))
        {
            return sent
        }
        return TraceContext(
            high: loop.random.next(), low: loop.random.next(), parent: loop.random.next())
    }
}
