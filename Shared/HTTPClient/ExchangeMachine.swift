package import Bytes
package import HTTP

/// The client's side of one HTTP/1.1 connection (RFC 9112), without sockets and clocks.
///
/// Bytes of answers go in, events come out. The owner says when a request begins and when all of
/// it has been sent. After a failure or an answer that ends the connection, the machine is done.
package struct ExchangeMachine {
    /// What the next bytes mean.
    package enum Event {
        /// Nothing yet: more bytes are needed.
        case needMore
        /// A 1xx answer; the final one follows. Its head is valid until the next step.
        case interim(ResponseHead)
        case head(ResponseHead)
        /// A piece of the body, as a place in the bytes given.
        case body(Slice)
        /// The answer is complete, with a body or without one.
        case end
        case failed(UpstreamFailure)
    }

    /// An event and how many of the bytes given it used up.
    package struct Step {
        package let event: Event
        package let consumed: Int

        @inline(__always)
        init(_ event: Event, consumed: Int = 0) {
            self.event = event
            self.consumed = consumed
        }
    }

    /// Interim answers to one request; more is a server that plays for time.
    package static let interimAnswersMax = 16

    private enum Input {
        case idle
        case head
        case fixed(remaining: Int)
        case chunked(ChunkedDecoder)
        case untilClose
        case done
    }

    private let limits: HTTPLimits
    private var input = Input.idle
    private var method = Method.get
    private var scanned = 0
    private var interims = 0
    private var isReused = false
    private var isRequestSent = false
    private var persists = false
    /// Whether any byte of an answer to this request has come.
    package private(set) var hasAnswerBegun = false

    package init(limits: HTTPLimits) { self.limits = limits }

    /// No exchange is under way.
    package var isIdle: Bool {
        if case .idle = input { return true }
        return false
    }

    /// Whether another request may be sent now: the last answer is complete, its request was sent
    /// in full, and the server wants to go on.
    package var canBeReused: Bool {
        if case .done = input { return persists && isRequestSent }
        return false
    }

    /// Bytes of the body that are still to come; nil if their number is not known.
    package var bodyBytesLeft: Int? {
        switch input {
        case .fixed(let remaining): remaining
        case .done: 0
        case .idle, .head, .chunked, .untilClose: nil
        }
    }

    /// All of the body has been told and its end has not: it needs no further byte.
    package var isAtEnd: Bool {
        if case .fixed(0) = input { return true }
        return false
    }

    /// A request begins. `isReused` says that the connection has carried one before.
    package mutating func begin(_ method: Method, isReused: Bool) {
        precondition(isIdle || canBeReused, "one request at a time")
        self.method = method
        self.isReused = isReused
        input = .head
        scanned = 0
        interims = 0
        isRequestSent = false
        hasAnswerBegun = false
    }

    /// All of the request, its body included, has been handed to the system.
    package mutating func requestSent() { isRequestSent = true }

    /// Reads one event off the front of `bytes`, which begin where the last step ended.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, storage: HeadStorage
    ) -> Step {
        switch input {
        case .head: unsafe nextHead(bytes, storage)
        case .fixed(let remaining): nextFixed(bytes.count, remaining)
        case .chunked(let decoder): unsafe nextChunk(bytes, decoder)
        case .untilClose:
            bytes.count == 0
                ? Step(.needMore)
                : Step(.body(Slice(offset: 0, count: bytes.count)), consumed: bytes.count)
        case .idle, .done: Step(.needMore)
        }
    }

    /// The server will send no more, or the connection broke (`isReset`).
    package mutating func peerEnded(isReset: Bool = false) -> Event {
        switch input {
        case .idle, .done: return .needMore
        case .untilClose where !isReset:
            input = .done
            return .end
        case .head where !hasAnswerBegun:
            return fail(.closedBeforeAnswer(connectionWasReused: isReused))
        case .head, .fixed, .chunked, .untilClose:
            return fail(.brokenAnswer)
        }
    }

    /// The time for the next byte is over.
    package mutating func timedOut() -> Event { fail(.timedOut(answerHadBegun: hasAnswerBegun)) }

    private mutating func nextHead(
        _ bytes: UnsafeRawBufferPointer, _ storage: HeadStorage
    ) -> Step {
        guard bytes.count > 0 else { return Step(.needMore) }
        hasAnswerBegun = true
        do throws(HTTPFault) {
            guard
                let head = try unsafe ResponseParser.parse(
                    bytes, scanned: &scanned, limits: limits, requestMethod: method, into: storage)
            else { return Step(.needMore) }
            if head.status.isInformational { return try interim(head) }
            begin(head)
            return Step(.head(head), consumed: head.byteCount)
        } catch {
            return Step(fail(.malformedAnswer(error)))
        }
    }

    private mutating func interim(_ head: ResponseHead) throws(HTTPFault) -> Step {
        guard head.status.code != 101 else {
            throw HTTPFault(
                .badGateway, "unasked-upgrade", "the answer changes a protocol nobody asked it to")
        }
        interims += 1
        guard interims <= ExchangeMachine.interimAnswersMax else {
            throw HTTPFault(
                .badGateway, "too-many-interim-answers",
                "more than \(ExchangeMachine.interimAnswersMax) interim answers came")
        }
        return Step(.interim(head), consumed: head.byteCount)
    }

    private mutating func begin(_ head: ResponseHead) {
        persists = head.persists
        switch head.framing {
        case .none: input = .fixed(remaining: 0)
        case .length(let count): input = .fixed(remaining: count)
        case .chunked: input = .chunked(ChunkedDecoder())
        case .untilClose: input = .untilClose
        }
    }

    private mutating func nextFixed(_ available: Int, _ remaining: Int) -> Step {
        if remaining == 0 {
            input = .done
            return Step(.end)
        }
        guard available > 0 else { return Step(.needMore) }
        let taken = min(available, remaining)
        input = .fixed(remaining: remaining - taken)
        return Step(.body(Slice(offset: 0, count: taken)), consumed: taken)
    }

    private mutating func nextChunk(
        _ bytes: UnsafeRawBufferPointer, _ decoder: ChunkedDecoder
    ) -> Step {
        guard bytes.count > 0 else { return Step(.needMore) }
        var decoder = decoder
        do throws(HTTPFault) {
            let step = try unsafe decoder.next(bytes, limits: limits)
            input = .chunked(decoder)
            switch step {
            case .needMore(let consumed): return Step(.needMore, consumed: consumed)
            case .data(let slice, let consumed): return Step(.body(slice), consumed: consumed)
            case .end(let consumed):
                input = .done
                return Step(.end, consumed: consumed)
            }
        } catch {
            return Step(fail(.malformedAnswer(error)))
        }
    }

    private mutating func fail(_ failure: UpstreamFailure) -> Event {
        input = .done
        persists = false
        return .failed(failure)
    }
}
