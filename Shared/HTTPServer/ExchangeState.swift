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
    /// The client speaks HTTP/1.0.
    var isOld = false

    /// An exchange begins with `head`, or with nothing readable. What needs the loop is brought
    /// along, so that changing the state is plain stores.
    mutating func begin(
        _ head: RequestHead?, trace: TraceContext, wallMilliseconds: Int64,
        nanoseconds: Int64
    ) {
        self.head = head
        isOld = head?.minorVersion == 0
        self.trace = trace
        status = 0
        framing = .none
        requestBytes = 0
        answerBytes = 0
        faultCode = ""
        arrivedAtMilliseconds = wallMilliseconds
        startedNanoseconds = nanoseconds
    }

    /// The trace the client sent, or a new one.
    static func trace(of head: RequestHead?, _ loop: EventLoop) -> TraceContext {
        if let head, let value = head.storage.first(.traceparent),
            let sent = unsafe TraceContext(parsing: head.storage.bytes(value))
        {
            return sent
        }
        return TraceContext(
            high: loop.nextRandom(), low: loop.nextRandom(), parent: loop.nextRandom())
    }
}
