/// Takes the parts of a cursor's bytes, in order; nil at whatever is not there.
@unsafe
struct CursorReader {
    private let bytes: UnsafeRawBufferPointer
    private var position: Int

    init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
        unsafe self.bytes = unsafe bytes
        unsafe self.position = position
    }

    var isAtEnd: Bool { unsafe position == bytes.count }

    mutating func byte() -> UInt8? {
        guard unsafe position < bytes.count else { return nil }
        defer { unsafe position += 1 }
        return unsafe bytes[position]
    }

    mutating func number() -> UInt64? {
        var number: UInt64 = 0
        for _ in 0..<8 {
            guard let byte = unsafe byte() else { return nil }
            number = number << 8 | UInt64(byte)
        }
        return number
    }

    mutating func text(_ count: Int) -> String? {
        guard unsafe count <= bytes.count - position else { return nil }
        defer { unsafe position += count }
        let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
        return unsafe String(validating: part, as: UTF8.self)
    }

    mutating func key() -> Cursor.Key? {
        switch unsafe byte() {
        case 0: return Cursor.Key.none
        case 1: return unsafe number().map { .integer(Int64(bitPattern: $0)) }
        case 2:
            guard let count = unsafe number(), count <= RoutingLimits.cursorCharactersMax else {
                return nil
            }
            return unsafe text(Int(count)).map { .text($0) }
        default: return nil
        }
    }
}
