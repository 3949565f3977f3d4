/// How long the gateway waits for a target, in milliseconds.
package struct ProxyTimeouts: Sendable, Hashable {
    /// From the first packet to a connection; ALB's ten seconds.
    package var connectMilliseconds = 10_000
    /// For the first byte of an answer after the request is sent, and between any two bytes after
    /// (`idle_timeout.timeout_seconds`).
    package var idleMilliseconds = 60_000

    package init() {}
}
