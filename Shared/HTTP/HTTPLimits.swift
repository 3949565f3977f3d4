/// Every maximum of the HTTP engine, with its reason. Reaching one is an answer and a metric, never
/// a crash.
package struct HTTPLimits: Sendable {
    /// An ALB's request line limit; beyond it 414.
    package var requestLineBytesMax = 16 * 1024
    /// An ALB's limit for one field; beyond it 431.
    package var fieldLineBytesMax = 16 * 1024
    /// An ALB's limit for the whole head; beyond it 431.
    package var headBytesMax = 64 * 1024
    /// Browsers send 10 to 30; a hundred leaves room for proxies; beyond it 431.
    package var fieldsMax = 100
    /// A chunk-size line: 16 hexadecimal digits and short extensions; beyond it 400.
    package var chunkLineBytesMax = 1024
    /// All trailers of a chunked body; beyond it 431.
    package var trailerBytesMax = 8 * 1024
    /// Bodies that a handler wants whole: 1 MiB of JSON is a large form; beyond it 413.
    package var collectedBodyBytesMax = 1024 * 1024
    /// Streamed bodies: bulk loads of a gigabyte and some; beyond it 413.
    package var streamedBodyBytesMax = 8 * 1024 * 1024 * 1024
    /// The whole life of a head, first byte to last: slow senders get 408.
    package var headMilliseconds = 10_000
    /// An idle keep-alive connection is closed after this time, longer than an ALB's 60 s idle
    /// timeout.
    package var idleMilliseconds = 75_000
    /// A body must keep up this many bytes a second, averaged since its start, or gets 408.
    package var bodyBytesPerSecondMin = 512
    /// Time a body has before its rate is judged.
    package var bodyGraceMilliseconds = 10_000
    /// A client that takes nothing of an answer for this long is gone.
    package var writeStallMilliseconds = 30_000
    /// Unsent answer bytes above which the writer of a streamed body is told to wait.
    package var outboundBytesHigh = 256 * 1024
    /// Received body bytes held for a slow handler before the socket is no longer read.
    package var inboundBytesHigh = 256 * 1024
    /// After an early answer: bytes read and dropped so that the client sees it (lingering close).
    /// Twice what a handler may collect: who sends a little too much must meet 413 and no reset.
    package var lingerBytesMax = 2 * 1024 * 1024
    /// The time that dropping may take.
    package var lingerMilliseconds = 2_000
    /// Connections one server holds at once: two descriptors each must fit the usual limit of the
    /// system.
    package var connectionsMax = 10_000

    package init() {}
}
