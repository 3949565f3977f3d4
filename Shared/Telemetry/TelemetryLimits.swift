/// Every maximum of this module, with its reason.
package enum TelemetryLimits {
    /// Series of one metric: a scrape stays small even if somebody labels by something unbounded.
    package static let seriesMax = 500
    /// A log line: the bytes that a pipe takes whole (PIPE_BUF), so that the lines of several
    /// writers never mix.
    package static let lineBytesMax = 4096
    /// One text in a log line; longer ones are cut.
    package static let logTextBytesMax = 1024
    /// How long a log line waits for a reader that is slow, before it is dropped and counted.
    package static let logWaitMilliseconds: Int32 = 10
    /// Access lines are written out when so many bytes have come together: about 200 lines a call.
    package static let accessFlushBytes = 64 * 1024
    /// Access lines held for a reader that is slow; beyond it lines are dropped and counted.
    package static let accessHeldBytesMax = 1024 * 1024
    /// The target in an access line, after escaping; with all others a line stays below
    /// `lineBytesMax`.
    package static let accessTargetBytesMax = 2048
    /// Every other text in an access line, after escaping.
    package static let accessTextBytesMax = 128
}
