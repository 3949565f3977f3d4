/// Passes one JSON value of any size without keeping it: only strings and brackets are understood.
/// Pure: bytes in, how many of them belong to the value out.
struct ValueSkipper: Equatable, Sendable {
    private var depth = 0
    private var isInString = false
    private var isEscaped = false
    /// Whether a number or a word has begun: these end where something else begins.
    private var isInWord = false
    /// Whether the whole value has been passed.
    private(set) var isDone = false

    /// How many bytes from `start` on belong to the value. Looks at no byte twice.
    mutating func skip(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count, !isDone {
            if unsafe take(bytes[index]) { index += 1 }
        }
        return index - start
    }

    /// Whether `byte` is part of the value.
    private mutating func take(_ byte: UInt8) -> Bool {
        if isInString { return takeInString(byte) }
        switch byte {
        case UInt8(ascii: "\""):
            if isInWord { return end() }
            isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if isInWord { return end() }
            depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if depth == 0 { return end() }
            depth -= 1
            isDone = depth == 0
        case UInt8(ascii: ","):
            if depth == 0 { return end() }
        case 0x20, 0x09, 0x0a, 0x0d:
            if isInWord { return end() }
        default:
            isInWord = depth == 0
        }
        return true
    }

    private mutating func takeInString(_ byte: UInt8) -> Bool {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isInString = false
            isDone = depth == 0
        }
        return true
    }

    private mutating func end() -> Bool {
        isDone = true
        return false
    }
}
