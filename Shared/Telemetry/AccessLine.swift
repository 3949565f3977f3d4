import Bytes

/// Writes access lines: compact JSON, ASCII only, whatever bytes a client sent.
struct AccessLine: ~Copyable {
    private var millisecond: Int64 = .min
    private var second: Int64 = .min
    private var time = ByteBuffer(capacity: Timestamp.textBytes)

    /// Appends the line of `record` with its line feed: at most `TelemetryLimits.lineBytesMax`
    /// bytes.
    mutating func append(_ record: borrowing AccessRecord, to line: inout ByteBuffer) {
        if record.time.milliseconds != millisecond { update(record.time) }
        let time = unsafe self.time.readable
        unsafe line.withRoom(TelemetryLimits.lineBytesMax) { room in
            var cursor = unsafe LineCursor(room)
            unsafe AccessLine.write(record, time: time, &cursor)
            return cursor.count
        }
    }

    private static func write(
        _ record: borrowing AccessRecord, time: UnsafeRawBufferPointer, _ line: inout LineCursor
    ) {
        line.text("{\"time\":\"")
        unsafe line.bytes(time)
        line.text("\",\"client\":\"")
        unsafe line.text(record.client)
        line.text("\",\"method\":\"")
        unsafe line.text(record.method)
        line.text("\",\"target\":\"")
        unsafe line.text(record.target, bytesMax: TelemetryLimits.accessTargetBytesMax)
        line.text("\",\"status\":")
        line.decimal(record.status)
        line.text(",\"request_bytes\":")
        line.decimal(record.requestBytes)
        line.text(",\"response_bytes\":")
        line.decimal(record.responseBytes)
        line.text(",\"duration_us\":")
        line.decimal(record.durationMicroseconds)
        if record.trace.high | record.trace.low != 0 {
            line.text(",\"trace\":\"")
            line.hex(record.trace.high)
            line.hex(record.trace.low)
            line.byte(UInt8(ascii: "\""))
        }
        switch record.forwarding {
        case .some(let forwarding): write(forwarding, &line)
        case .none: break
        }
        if let reason = record.errorReason {
            line.text(",\"error_reason\":\"")
            line.text(reason)
            line.byte(UInt8(ascii: "\""))
        }
        line.text("}\n")
    }

    private static func write(
        _ forwarding: borrowing AccessRecord.Forwarding, _ line: inout LineCursor
    ) {
        line.text(",\"rule\":\"")
        unsafe forwarding.rule.withBytes { unsafe line.text($0) }
        line.text("\",\"target_group\":\"")
        unsafe forwarding.targetGroup.withBytes { unsafe line.text($0) }
        line.text("\",\"target_host\":\"")
        unsafe forwarding.targetHost.withBytes { unsafe line.text($0) }
        line.byte(UInt8(ascii: "\""))
        if let status = forwarding.targetStatus {
            line.text(",\"target_status\":")
            line.decimal(status)
        }
        if let duration = forwarding.targetDurationMicroseconds {
            line.text(",\"target_duration_us\":")
            line.decimal(duration)
        }
        line.text(",\"attempts\":")
        line.decimal(forwarding.attempts)
    }

    /// Requests come many to a millisecond, and to a second many more: only what changed is
    /// written anew.
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
}
