package import Bytes
import JSON

/// Events of a process for people and machines: one JSON object a line, `time`, `level`, `service`,
/// `message` first.
///
/// A line that its reader does not take within `TelemetryLimits.logWaitMilliseconds` is dropped and
/// counted.
package struct Log: Sendable {
    /// How much a line matters.
    package enum Level: UInt8, Sendable, CaseIterable, Comparable {
        case debug, info, warning, error

        package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }

        /// The word in the line and in settings.
        package var name: StaticString {
            switch self {
            case .debug: "debug"
            case .info: "info"
            case .warning: "warning"
            case .error: "error"
            }
        }
    }

    private let service: String
    private let minimum: Level
    private let sink: LogSink
    private let now: @Sendable () -> Timestamp

    /// Lines below `minimum` are not written. `descriptor` stays the caller's; 2 is standard error.
    package init(
        service: String, minimum: Level = .info, descriptor: Int32 = 2,
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }
    ) {
        self.service = service
        self.minimum = minimum
        self.now = now
        sink = LogSink(descriptor: descriptor)
    }

    package func debug(_ message: String, _ fields: LogFields = [:]) {
        write(.debug, message, fields)
    }
    package func info(_ message: String, _ fields: LogFields = [:]) {
        write(.info, message, fields)
    }
    package func warning(_ message: String, _ fields: LogFields = [:]) {
        write(.warning, message, fields)
    }
    package func error(_ message: String, _ fields: LogFields = [:]) {
        write(.error, message, fields)
    }

    /// Lines that nobody took.
    package var dropped: UInt64 { sink.dropped.total }

    /// Shows the lines dropped as `log_lines_dropped_total`.
    package func register(in metrics: Metrics) {
        metrics.collect("log_lines_dropped_total", "Log lines that nobody took.", .counter) {
            [sink] in $0.add(Double(sink.dropped.total))
        }
    }

    private func write(_ level: Level, _ message: String, _ fields: LogFields) {
        guard level >= minimum else { return }
        var bytes = line(level, message, fields)
        // A few long texts can be too much together; then the message goes alone and says so.
        if bytes.count > TelemetryLimits.lineBytesMax {
            bytes = line(level, message, ["cut": true])
        }
        sink.write(bytes)
    }

    private func line(_ level: Level, _ message: String, _ fields: LogFields) -> ByteString {
        var line = JSONWriter(capacity: 256)
        line.beginObject()
        line.key("time")
        line.string(now().text)
        line.key("level")
        line.string("\(level.name)")
        line.key("service")
        line.string(service)
        line.key("message")
        line.string(Log.cut(message))
        for field in fields.list {
            line.key(field.name)
            field.value.write(into: &line)
        }
        line.endObject()
        line.endLine()
        return line.finish()
    }

    /// A text of at most `logTextBytesMax` bytes after escaping, ending with … if something is
    /// missing.
    static func cut(_ text: String) -> String {
        guard text.utf8.count * 6 > TelemetryLimits.logTextBytesMax else { return text }
        var bytes = 0
        for index in text.unicodeScalars.indices {
            bytes += escapedBytes(text.unicodeScalars[index])
            if bytes > TelemetryLimits.logTextBytesMax { return text[..<index] + "…" }
        }
        return text
    }

    private static func escapedBytes(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x20 { return 6 }
        return scalar == "\"" || scalar == "\\" ? 2 : UTF8.width(scalar)
    }
}
