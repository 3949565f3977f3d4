package import Bytes
package import HTTP

/// The server's side of one HTTP/1.1 connection (RFC 9112 §9), without sockets and clocks.
///
/// Bytes go in, events come out; the owner says when answers begin and end. Requests are handed out
/// one at a time: bytes of the next stay outside (`held`) until the answer to this one has ended,
/// which keeps pipelined answers in order and stops a client that sends without reading.
package struct ConnectionMachine {
    /// What the next bytes mean.
    package enum Event {
        /// Nothing yet: more bytes are needed.
        case needMore
        case head(RequestHead)
        /// A piece of the body, as a place in the bytes given.
        case body(Slice)
        /// The body is complete. Not told for requests without one.
        case end
        /// The request is complete and its answer is not: these bytes wait.
        case held
        /// The client broke a rule: answer with the fault, then close. Nothing more is read as
        /// HTTP.
        case fault(HTTPFault)
    }

    /// An event and how many of the bytes given it used up.
    package struct Step {
        package let event: Event
        package let consumed: Int
    }

    /// What becomes of the connection after an answer.
    package enum AfterAnswer: Equatable { case nextRequest, close }

    private enum Input {
        case head
        case fixed(remaining: Int)
        case chunked(ChunkedDecoder)
        case complete
        case refused
    }

    private enum Output { case none, pending, begun(persists: Bool) }

    private var input = Input.head
    private var output = Output.none
    private var scanned = 0
    private var persists = true
    private var awaitsContinue = false
    private let limits: HTTPLimits

    /// Set once the server is going away: answers then end the connection.
    package var isDraining = false
    /// The method of the request being answered.
    package private(set) var method = Method.get

    package init(limits: HTTPLimits) { self.limits = limits }

    /// Between requests: nothing received, nothing to answer.
    package var isIdle: Bool {
        guard case .none = output, case .head = input else { return false }
        return scanned == 0
    }

    /// A request is known and its answer has not ended.
    package var hasExchange: Bool {
        if case .none = output { return false }
        return true
    }

    /// The answer has not begun: it is not too late for another one.
    package var canBeginAnswer: Bool {
        if case .pending = output { return true }
        return false
    }

    /// The request, its body included, has been received in full.
    package var isRequestComplete: Bool {
        if case .complete = input { return true }
        return false
    }

    /// All of the body has been told and its end has not: it needs no further byte.
    package var isAtEnd: Bool {
        if case .fixed(0) = input { return true }
        return false
    }

    /// Waiting for the rest of a head or a body.
    package var awaits: Awaits {
        switch input {
        case .head: scanned > 0 ? .head : .request
        case .fixed, .chunked: .body
        case .complete, .refused: .nothing
        }
    }

    /// What a connection waits for, each with its own deadline.
    package enum Awaits { case request, head, body, nothing }

    /// Reads one event off the front of `bytes`, which begin where the last step ended.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, storage: HeadStorage
    ) -> Step {
        switch input {
        case .head: unsafe nextHead(bytes, storage)
        case .fixed(let remaining): nextFixed(bytes.count, remaining)
        case .chunked(let decoder): unsafe nextChunk(bytes, decoder)
        case .complete: Step(event: .held, consumed: 0)
        case .refused: Step(event: .needMore, consumed: bytes.count)
        }
    }

    /// True once, if the client waits for `100 Continue` and its body has not begun.
    package mutating func takeContinue() -> Bool {
        defer { awaitsContinue = false }
        return awaitsContinue && canBeginAnswer
    }

    /// The answer begins. Whether the connection may live on after it: only if the request is
    /// whole, the client allows it, and nothing is being wound down.
    package mutating func beginAnswer(forceClose: Bool = false) -> Bool {
        precondition(canBeginAnswer, "a request is answered once")
        let persists = persists && !isDraining && !forceClose && isRequestComplete
        output = .begun(persists: persists)
        return persists
    }

    /// The answer has ended: next request, or close.
    package mutating func endAnswer() -> AfterAnswer {
        guard case .begun(let persists) = output else {
            preconditionFailure("an answer begins before it ends")
        }
        output = .none
        guard persists else {
            input = .refused
            return .close
        }
        input = .head
        scanned = 0
        return .nextRequest
    }

    /// Bytes are no longer read as HTTP. A request that was never readable can still be answered.
    package mutating func refuse() {
        input = .refused
        persists = false
        if case .none = output { output = .pending }
    }

    private mutating func nextHead(
        _ bytes: UnsafeRawBufferPointer, _ storage: HeadStorage
    ) -> Step {
        guard bytes.count > 0 else { return Step(event: .needMore, consumed: 0) }
        do throws(HTTPFault) {
            guard
                let head = try unsafe RequestParser.parse(
                    bytes, scanned: &scanned, limits: limits, into: storage)
            else {
                scanned = max(scanned, 1)
                return Step(event: .needMore, consumed: 0)
            }
            accept(head)
            return Step(event: .head(head), consumed: head.byteCount)
        } catch {
            return fail(error)
        }
    }

    private mutating func accept(_ head: RequestHead) {
        output = .pending
        method = head.method
        persists = head.persists
        awaitsContinue = head.expectsContinue
        scanned = 0
        switch head.framing {
        case .none, .untilClose, .length(0): input = .complete
        case .length(let count): input = .fixed(remaining: count)
        case .chunked: input = .chunked(ChunkedDecoder())
        }
    }

    private mutating func nextFixed(_ available: Int, _ remaining: Int) -> Step {
        if remaining == 0 {
            input = .complete
            return Step(event: .end, consumed: 0)
        }
        guard available > 0 else { return Step(event: .needMore, consumed: 0) }
        awaitsContinue = false
        let taken = min(available, remaining)
        input = .fixed(remaining: remaining - taken)
        return Step(event: .body(Slice(offset: 0, count: taken)), consumed: taken)
    }

    private mutating func nextChunk(
        _ bytes: UnsafeRawBufferPointer, _ decoder: ChunkedDecoder
    ) -> Step {
        guard bytes.count > 0 else { return Step(event: .needMore, consumed: 0) }
        awaitsContinue = false
        var decoder = decoder
        do throws(HTTPFault) {
            let step = try unsafe decoder.next(bytes, limits: limits)
            input = .chunked(decoder)
            switch step {
            case .needMore(let consumed): return Step(event: .needMore, consumed: consumed)
            case .data(let slice, let consumed):
                return Step(event: .body(slice), consumed: consumed)
            case .end(let consumed):
                input = .complete
                return Step(event: .end, consumed: consumed)
            }
        } catch {
            return fail(error)
        }
    }

    private mutating func fail(_ fault: HTTPFault) -> Step {
        refuse()
        return Step(event: .fault(fault), consumed: 0)
    }
}
