/// What the outbox does not take.
package enum OutboxError: Error, Equatable, Sendable, CustomStringConvertible {
    case bodyTooLarge(kind: String, bytes: Int)

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .bodyTooLarge(let kind, let bytes):
            "an event \(kind) has \(bytes) bytes, at most \(OutboxLimits.bodyBytesMax) are taken; "
                + "say where the rest can be read instead"
        }
    }
}
