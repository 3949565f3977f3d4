/// How a transport behaves, every maximum with its reason.
package struct CurlOptions: Sendable {
    /// Beyond it the other side is taken for absent: a few round trips around the world.
    package var connectMilliseconds = 5_000
    /// A whole answer; larger ones are read through `upload` or `open`.
    package var answerBytesMax = 64 * 1024 * 1024
    /// All field lines of an answer: four times what our own server would send.
    package var headBytesMax = 256 * 1024
    /// Bytes held for each direction of an exchange before its writer has to wait.
    package var exchangeBytesMax = 256 * 1024
    /// Never HTTP/2, not even over TLS.
    package var isHTTP11Only = false
    /// Every request opens a connection of its own and closes it.
    package var closesConnections = false

    /// Of an answer that refuses an upload, no more than this is kept: a problem is a few lines.
    static let refusalBytesMax = 64 * 1024

    package init() {}
}
