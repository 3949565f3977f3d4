import Bytes

/// Writes access lines: compact JSON, ASCII only, whatever bytes a client sent.
struct AccessLine: ~Copyable {
    private var millisecond: Int64 = .min
    private var second: Int64 = .min
    private var time = ByteBuffer(capacity: Timestamp.textBytes)

    /// Appends the line of `record` with its line feed: at most `TelemetryLimits.lineBytesMax`
    /// bytes.
    mutating func append(_ record: borrowing AccessRecord, to line: inout ByteBuffer) {
        line.reserve(TelemetryLimits.lineBytesMax)
        line.append("{\"time\":\"" as StaticString)
        append(record.time, to: &line)
        line.append("\",\"client\":\"" as StaticString)
        unsafe AccessLine.text(record.client, to: &line)
        line.append("\",\"method\":\"" as StaticString)
        unsafe AccessLine.text(record.method, to: &line)
        line.append("\",\"target\":\"" as StaticString)
        unsafe AccessLine.text(
            record.target, to: &line, bytesMax: TelemetryLimits.accessTargetBytesMax)
        line.append("\",\"status\":" as StaticString)
        line.append(decimal: record.status)
        line.append(",\"request_bytes\":" as StaticString)
        line.append(decimal: record.requestBytes)
        line.append(",\"response_bytes\":" as StaticString)
        line.append(decimal: record.responseBytes)
        line.append(",\"duration_us\":" as StaticString)
        line.append(decimal: record.durationMicroseconds)
        if record.trace.high | record.trace.low != 0 {
            line.append(",\"trace\":\"" as StaticString)
            AccessLine.hex(record.trace.high, to: &line)
            AccessLine.hex(record.trace.low, to: &line)
            line.append(UInt8(ascii: "\""))
        }
        if let forwarding = record.forwarding { AccessLine.append(forwarding, to: &line) }
        if let reason = record.errorReason {
            line.append(",\"error_reason\":\"" as StaticString)
            line.append(reason)
            line.append(UInt8(ascii: "\""))
        }
        line.append("}\n" as StaticString)
    }

    private static func append(_ forwarding: AccessRecord.Forwarding, to line: inout ByteBuffer) {
        line.append(",\"rule\":\"" as StaticString)
        unsafe forwarding.rule.withBytes { unsafe text($0, to: &line) }
        line.append("\",\"target_group\":\"" as StaticString)
        unsafe forwarding.targetGroup.withBytes { unsafe text($0, to: &line) }
        line.append("\",\"target_host\":\"" as StaticString)
        unsafe forwarding.targetHost.withBytes { unsafe text($0, to: &line) }
        line.append(UInt8(ascii: "\""))
        if let status = forwarding.targetStatus {
            line.append(",\"target_status\":" as StaticString)
            line.append(decimal: status)
        }
        if let duration = forwarding.targetDurationMicroseconds {
            line.append(",\"target_duration_us\":" as StaticString)
            line.append(decimal: duration)
        }
        line.append(",\"attempts\":" as StaticString)
        line.append(decimal: forwarding.attempts)
    }

    /// Requests come many to a millisecond, and to a second many more: only what changed is written
    /// anew.
    private mutating func append(_ moment: Timestamp, to line: inout ByteBuffer) {
        if moment.milliseconds != millisecond { update(moment) }
        unsafe line.append(time.readable)
    }

    private mutating func update(_ moment: Timestamp) {
        millisecond = moment.milliseconds
        let part = millisecond &- second
        guard (0..<1000).contains(part) else {
            time.removeAll()
            moment.append(to: &time)
            let part = millisecond % 1000
            second = millisecond - (part < 0 ? part + 1000 : part)
            return
        }
        // The three digits before the `Z`.
        time.overwrite(at: 20, with: 0x30 + UInt8(part / 100))
        time.overwrite(at: 21, with: 0x30 + UInt8(part / 10 % 10))
        time.overwrite(at: 22, with: 0x30 + UInt8(part % 10))
    }

    /// Plain bytes are copied whole, as nearly all texts are.
    private static func text(
        _ bytes: UnsafeRawBufferPointer, to line: inout ByteBuffer,
        bytesMax: Int = TelemetryLimits.accessTextBytesMax
    ) {
        if bytes.count <= bytesMax, unsafe isPlain(bytes) { return unsafe line.append(bytes) }
        unsafe escape(bytes, to: &line, bytesMax: bytesMax)
    }

    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        for index in 0..<bytes.count {
            let byte = unsafe bytes[index]
            if byte &- 0x20 >= 0x5f || byte == 0x22 || byte == 0x5c { return false }
        }
        return true
    }

    /// Bytes that are not printable ASCII stand as `\u00xx`; a text that is cut ends with three
    /// dots.
    private static func escape(
        _ bytes: UnsafeRawBufferPointer, to line: inout ByteBuffer, bytesMax: Int
    ) {
        let end = line.count + bytesMax - 6 - 3
        for index in 0..<bytes.count {
            if line.count > end { return line.append("..." as StaticString) }
            let byte = unsafe bytes[index]
            switch byte {
            case 0x22, 0x5c:
                line.append(UInt8(ascii: "\\"))
                line.append(byte)
            case 0x20..<0x7f: line.append(byte)
            default:
                line.append("\\u00" as StaticString)
                line.append(ASCII.hexDigit(byte >> 4))
                line.append(ASCII.hexDigit(byte & 15))
            }
        }
    }

    private static func hex(_ value: UInt64, to line: inout ByteBuffer) {
        unsafe line.withRoom(16) { room in
            var rest = value
            for index in stride(from: 15, through: 0, by: -1) {
                unsafe room[index] = ASCII.hexDigit(UInt8(truncatingIfNeeded: rest & 15))
                rest >>= 4
            }
            return 16
        }
    }
}
