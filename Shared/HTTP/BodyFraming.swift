/// How the end of a body is found (RFC 9112 §6).
@usableFromInline
package enum BodyFraming: Equatable, Sendable {
    /// No body at all.
    case none
    /// Exactly this many bytes.
    case length(Int)
    /// Chunks with their sizes, then trailers.
    case chunked
    /// Until the connection closes: answers only.
    case untilClose
}
