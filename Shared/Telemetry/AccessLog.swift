import Bytes

/// The access lines of one loop on their way to the file that all loops share.
///
/// Belongs to its loop: not Sendable. Lines leave when `TelemetryLimits.accessFlushBytes` have come
/// together and when the loop's timer calls `flush`, once a second at least.
package final class AccessLog {
    private let file: AccessLogFile
    private let own = Confined(Own())
    private var heldLines = 0
    /// Bytes held at which the next write is tried: more than usual after a reader had no room.
    private var flushAt = TelemetryLimits.accessFlushBytes
    /// The last byte that left was in the middle of a line.
    private var isTorn = false

    private struct Own: ~Copyable {
        var line = AccessLine()
        var held = ByteBuffer()
    }

    /// The lines that wait for more of them.
    private var held: ByteBuffer {
        _read { yield own.value.held }
        _modify { yield &own.value.held }
    }

    package init(file: AccessLogFile) { self.file = file }

    /// Adds one line; writes nothing unless enough has come together.
    package func append(_ record: borrowing AccessRecord) {
        guard held.count < TelemetryLimits.accessHeldBytesMax else { return file.dropped.add() }
        if held.isEmpty {
            held.reserve(TelemetryLimits.accessFlushBytes + TelemetryLimits.lineBytesMax)
            // The rest of a torn line is lost; what follows it must not look like its end.
            if isTorn { held.append(ASCII.lineFeed) }
        }
        own.value.line.append(record, to: &held)
        heldLines += 1
        if held.count >= flushAt { flush() }
    }

    /// Writes what is held, as far as that goes without waiting for a slow reader.
    package func flush() {
        while !held.isEmpty {
            switch unsafe file.write(held.readable) {
            case .taken(let bytes): take(bytes)
            case .notNow:
                flushAt = held.count + TelemetryLimits.accessFlushBytes
                return
            case .failed: return drop()
            }
        }
        shrink()
    }

    private func take(_ bytes: Int) {
        let lines = bytes == held.count ? heldLines : min(heldLines, countLines(bytes))
        isTorn = unsafe held.readable[bytes - 1] != ASCII.lineFeed
        held.consume(bytes)
        heldLines -= lines
        file.written.add(lines)
    }

    private func drop() {
        file.dropped.add(heldLines)
        heldLines = 0
        held.removeAll()
        shrink()
    }

    /// Gives back the memory that a slow reader made necessary.
    private func shrink() {
        if flushAt > TelemetryLimits.accessFlushBytes { held.release() }
        flushAt = TelemetryLimits.accessFlushBytes
    }

    private func countLines(_ bytes: Int) -> Int {
        let text = unsafe held.readable
        var lines = 0
        for index in 0..<bytes where unsafe text[index] == UInt8(ascii: "\n") { lines += 1 }
        return lines
    }
}
