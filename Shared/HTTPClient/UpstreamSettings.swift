package import HTTP

/// The limits of the client, each with its reason.
package struct UpstreamSettings: Sendable {
    /// Idle connections kept for one address: a loop rarely has more in flight at once, and each
    /// costs both sides a descriptor.
    package var idleConnectionsPerAddressMax = 64
    /// Idle connections kept by one loop for all addresses together.
    package var idleConnectionsMax = 512
    /// An idle connection is closed after this time: well before the 60 s and 75 s after which the
    /// usual servers close their side, because losing that race costs a request.
    package var idleConnectionMilliseconds = 30_000
    /// Unsent request bytes above which `send` says that there is no room.
    package var outboundBytesHigh = 256 * 1024
    /// Of an answer that nobody wants any more, so much is read and dropped to save the connection.
    package var drainBytesMax = 64 * 1024
    /// The time that may take.
    package var drainMilliseconds = 1_000
    /// A whole answer that a transport collects in memory.
    package var collectedBytesMax = 16 * 1024 * 1024
    /// What is accepted of an answer's head and framing.
    package var limits = HTTPLimits()
    /// Used where an exchange brings none of its own.
    package var timeouts = UpstreamTimeouts()

    package init() {}
}
