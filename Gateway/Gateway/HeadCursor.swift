import Bytes
import HTTP

/// Writes a head into room that was reserved for all of it, so that nothing grows or counts references in
/// between. Every piece is checked against the room.
@safe struct HeadCursor {
    private let start: UnsafeMutableRawPointer
    private let bytesMax: Int
    /// Bytes written.
    private(set) var count = 0

    /// Appends to `buffer` what `write` writes, at most `bytesMax` bytes.
    @inline(__always)
    static func append(
        to buffer: inout ByteBuffer, bytesMax: Int, _ write: (inout HeadCursor) -> Void
    ) {
        unsafe buffer.withRoom(bytesMax) { room in
            var cursor = unsafe HeadCursor(room: room)
            write(&cursor)
            return cursor.count
        }
    }

    private init(room: UnsafeMutableRawBufferPointer) {
        unsafe start = room.baseAddress.unsafelyUnwrapped
        bytesMax = room.count
    }

    @inline(__always)
    mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        let place = unsafe take(bytes.count)
        unsafe place.copyMemory(from: source, byteCount: bytes.count)
    }

    @inline(__always)
    mutating func text(_ text: StaticString) {
        unsafe bytes(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func string(_ text: ByteString) {
        unsafe text.withBytes { unsafe bytes($0) }
    }

    @inline(__always)
    mutating func byte(_ byte: UInt8) {
        unsafe take(1).storeBytes(of: byte, as: UInt8.self)
    }

    mutating func decimal(_ number: Int) {
        let place = unsafe take(DecimalText.digitsMax)
        let room = unsafe UnsafeMutableRawBufferPointer(
            start: place, count: DecimalText.digitsMax)
        count += unsafe DecimalText.write(Int64(number), into: room) - DecimalText.digitsMax
    }

    /// Eight characters that `HexText` made.
    @inline(__always)
    mutating func hex(_ characters: UInt64) {
        unsafe take(8).storeBytes(of: characters, as: UInt64.self)
    }

    /// The line of a field as it was received, in one spelling: name, colon, blank, value.
    @inline(__always)
    mutating func line(_ line: FieldLine, of head: UnsafeRawBufferPointer) {
        let isUsual = line.value.lower == line.name.upper + 2
        if isUsual, unsafe head[line.name.upper + 1] == ASCII.space {
            unsafe bytes(
                UnsafeRawBufferPointer(rebasing: head[line.name.lower..<line.value.upper]))
        } else {
            unsafe bytes(
                UnsafeRawBufferPointer(rebasing: head[line.name.lower..<line.name.upper]))
            text(": ")
            unsafe bytes(
                UnsafeRawBufferPointer(rebasing: head[line.value.lower..<line.value.upper]))
        }
        text("\r\n")
    }

    @inline(__always)
    private mutating func take(_ bytes: Int) -> UnsafeMutableRawPointer {
        let offset = count
        precondition(bytes <= bytesMax - offset, "a head fits the room reserved for it")
        count = offset + bytes
        return unsafe start + offset
    }
}

extension HeadStorage {
    /// All bytes of the head up to the end of its last field, where the places of its lines point.
    var fieldBytes: UnsafeRawBufferPointer {
        guard let last = lines.last else {
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        let end = max(last.name.upper, last.value.upper)
        return unsafe bytes(Slice(offset: 0, count: end))
    }
}
