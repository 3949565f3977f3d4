/// How long the client waits for another server, each wait its own.
package struct UpstreamTimeouts: Sendable, Hashable {
    /// From the first packet to a connection; an ALB waits ten seconds.
    package var connectMilliseconds = 10_000
    /// From the last byte of the request to the first of the answer; an ALB's idle timeout.
    package var firstByteMilliseconds = 60_000
    /// Between any two bytes after that.
    package var idleMilliseconds = 60_000
    /// For the whole exchange, from its beginning; nil for no such limit.
    package var totalMilliseconds: Int?

    package init() {}
}
