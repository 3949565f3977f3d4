import Bytes

/// Writes one access line into room that is known to be large enough: no check of the room at every
/// piece.
///
/// The limits of each piece add up to less than `TelemetryLimits.lineBytesMax`.
@safe struct LineCursor {
    private let room: UnsafeMutableRawPointer
    private(set) var count = 0

    /// `room` holds `TelemetryLimits.lineBytesMax` bytes at least.
    init(_ room: UnsafeMutableRawBufferPointer) {
        precondition(room.count >= TelemetryLimits.lineBytesMax, "room for the longest line")
        unsafe self.room = room.baseAddress.unsafelyUnwrapped
    }

    @inline(__always) mutating func byte(_ byte: UInt8) {
        unsafe room.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always) mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        unsafe (room + count).copyMemory(from: source, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always) mutating func text(_ text: StaticString) {
        unsafe bytes(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func decimal(_ number: Int) {
        let place = unsafe UnsafeMutableRawBufferPointer(
            start: room + count, count: DecimalText.digitsMax)
        count += unsafe DecimalText.write(Int64(number), into: place)
    }

    mutating func hex(_ value: UInt64) {
        let high = HexText.digits(UInt32(truncatingIfNeeded: value >> 32))
        let low = HexText.digits(UInt32(truncatingIfNeeded: value))
        unsafe room.storeBytes(of: high, toByteOffset: count, as: UInt64.self)
        unsafe room.storeBytes(of: low, toByteOffset: count + 8, as: UInt64.self)
        count += 16
    }

    /// Plain bytes are copied whole, as nearly all texts are.
    @inline(__always)
    mutating func text(
        _ bytes: UnsafeRawBufferPointer, bytesMax: Int = TelemetryLimits.accessTextBytesMax
    ) {
        if bytes.count <= bytesMax, unsafe LineCursor.isPlain(bytes) {
            return unsafe self.bytes(bytes)
        }
        unsafe escape(bytes, bytesMax: bytesMax)
    }

    private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index &+ 8 <= bytes.count {
            let eight = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if !isPlain(eight) { return false }
            index &+= 8
        }
        while index < bytes.count {
            let byte = unsafe bytes[index]
            if byte &- 0x20 >= 0x5f || byte == 0x22 || byte == 0x5c { return false }
            index &+= 1
        }
        return true
    }

    /// Whether none of eight bytes is a control character, a quote, a backslash or beyond ASCII.
    @inline(__always)
    private static func isPlain(_ eight: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = eight ^ (ones &* 0x22)
        let backslash = eight ^ (ones &* 0x5c)
        let delete = eight ^ (ones &* 0x7f)
        // A borrow may mark a byte too many above a marked one, which changes nothing here.
        let marked =
            eight | (eight &- ones &* 0x20) | ((quote &- ones) & ~quote)
            | ((backslash &- ones) & ~backslash) | ((delete &- ones) & ~delete)
        return marked & (ones &* 0x80) == 0
    }

    /// Bytes that are not printable ASCII stand as `\u00xx`; a text that is cut ends with three
    /// dots.
    private mutating func escape(_ bytes: UnsafeRawBufferPointer, bytesMax: Int) {
        let end = count + bytesMax - "\\u00xx...".utf8.count
        for index in 0..<bytes.count {
            if count > end { return text("...") }
            let byte = unsafe bytes[index]
            switch byte {
            case 0x22, 0x5c:
                self.byte(UInt8(ascii: "\\"))
                self.byte(byte)
            case 0x20..<0x7f: self.byte(byte)
            default:
                text("\\u00")
                self.byte(ASCII.hexDigit(byte >> 4))
                self.byte(ASCII.hexDigit(byte & 15))
            }
        }
    }
}
