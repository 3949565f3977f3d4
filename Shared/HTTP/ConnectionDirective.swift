/// What the Connection field of a message being written says (RFC 9112 §9.3).
package enum ConnectionDirective: Sendable {
    /// No field: HTTP/1.1 keeps the connection.
    case implied
    /// The connection closes after this message.
    case close
    /// Said aloud, for HTTP/1.0 clients that asked for it.
    case keepAlive
}
