package import Bytes

/// Where the bytes of a streamed request body come from.
package protocol BodySource: Sendable {
    /// The next bytes, nil at the end; throws if the client breaks off or breaks the framing.
    func next() async throws(HTTPFault) -> ByteString?
}

/// The body of a request: already here, or read as it arrives.
package enum RequestBody: Sendable {
    case empty
    /// The whole body, within the limit of its route.
    case collected(ByteString)
    /// Read piece by piece; whoever does not read it stops the sender (back-pressure).
    case stream(any BodySource)

    /// The collected bytes; none for an empty body. A streamed one has none to give: that is a
    /// mistake.
    package var bytes: ByteString {
        switch self {
        case .empty: ByteString()
        case .collected(let bytes): bytes
        case .stream: preconditionFailure("a streamed body is read with next()")
        }
    }
}
