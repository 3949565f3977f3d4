package import Bytes

/// Takes the chunked framing off a body (RFC 9112 §7.1), strictly, however the bytes are cut.
///
/// A pure machine: it keeps a few numbers and no bytes, so it can be given any piece of the stream
/// and consumes all of it up to the data. After a fault it is not to be used again.
package struct ChunkedDecoder: Sendable {
    /// What the bytes given turned out to be; the caller drops `consumed` bytes and asks again with
    /// the rest.
    package enum Step: Equatable, Sendable {
        /// All of it was framing and more is to come.
        case needMore(consumed: Int)
        /// A run of the body's own bytes, as long as the bytes given allow; `consumed` ends with
        /// it.
        case data(Slice, consumed: Int)
        /// The body and its trailers are over; what follows `consumed` belongs to the next message.
        case end(consumed: Int)
    }

    private enum State {
        case line(ChunkLine)
        case data(remaining: Int)
        case afterData
        case lineFeedAfterData
        case trailers(TrailerSection)
        case done
    }

    private var state = State.line(ChunkLine())

    package init() {}

    /// Whether the end was reached.
    package var isDone: Bool { if case .done = state { true } else { false } }

    /// Reads on. Call again with what is left after `consumed` while it yields data; when it needs
    /// more, with the bytes that come next. A fault has status 400, or 431 for trailers that are
    /// too long.
    package mutating func next(
        _ bytes: UnsafeRawBufferPointer, limits: HTTPLimits
    ) throws(HTTPFault) -> Step {
        var index = 0
        while true {
            switch state {
            case .data(let remaining):
                guard index < bytes.count else { return .needMore(consumed: index) }
                return takeData(remaining, from: index, available: bytes.count - index)
            case .done:
                return .end(consumed: index)
            default:
                guard index < bytes.count else { return .needMore(consumed: index) }
                try unsafe takeFraming(bytes, &index, limits)
            }
        }
    }

    private mutating func takeData(_ remaining: Int, from index: Int, available: Int) -> Step {
        let count = min(remaining, available)
        state = count == remaining ? .afterData : .data(remaining: remaining - count)
        return .data(Slice(offset: index, count: count), consumed: index + count)
    }

    /// Reads framing from `index` on, until it ends or the bytes do.
    private mutating func takeFraming(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ limits: HTTPLimits
    ) throws(HTTPFault) {
        switch state {
        case .line(var line):
            let size = try unsafe line.take(bytes, &index, bytesMax: limits.chunkLineBytesMax)
            guard let size else { state = .line(line); return }
            state = size == 0 ? .trailers(TrailerSection()) : .data(remaining: size)
        case .afterData:
            try unsafe expect(ASCII.carriageReturn, bytes[index])
            index += 1
            state = .lineFeedAfterData
        case .lineFeedAfterData:
            try unsafe expect(ASCII.lineFeed, bytes[index])
            index += 1
            state = .line(ChunkLine())
        case .trailers(var trailers):
            let isEnd = try unsafe trailers.take(bytes, &index, limits)
            state = isEnd ? .done : .trailers(trailers)
        case .data, .done:
            preconditionFailure("only framing is read here")
        }
    }

    private func expect(_ expected: UInt8, _ byte: UInt8) throws(HTTPFault) {
        guard byte == expected else {
            throw HTTPFault(
                .badRequest, "bad-chunk", "the data of a chunk must be followed by CR LF")
        }
    }
}
