import Bytes
import HTTP

/// The body of a request in pieces of bounded size, however it arrives.
struct BodyPieces {
    private let body: RequestBody
    private var held = ByteString()
    private var isStarted = false

    init(_ body: RequestBody) { self.body = body }

    /// The next bytes, at most `pieceBytesMax`; nil at the end. Throws when the client breaks off.
    mutating func next() async throws(HTTPFault) -> ByteString? {
        while held.isEmpty {
            guard let more = try await more() else { return nil }
            held = more
        }
        let count = min(held.count, BodyPieces.pieceBytesMax)
        defer { held = held.slice(from: count, count: held.count - count) }
        return held.slice(from: 0, count: count)
    }

    private mutating func more() async throws(HTTPFault) -> ByteString? {
        if case .stream(let source) = body { return try await source.next() }
        if isStarted { return nil }
        isStarted = true
        return body.bytes
    }

    /// Some hundred lines: a millisecond of a loop's time at most.
    private static let pieceBytesMax = 64 << 10
}
