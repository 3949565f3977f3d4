package import Bytes

/// Where the content of a checked string lies, between its quotes, and whether it has escapes.
package struct JSONText: Equatable, Sendable {
    /// The bytes between the quotes, escapes as they were written.
    package let place: Slice
    /// Whether there is a backslash, so that the text is not the bytes.
    package let hasEscapes: Bool

    @inlinable init(place: Slice, hasEscapes: Bool) {
        self.place = place
        self.hasEscapes = hasEscapes
    }
}

extension JSONScanner {
    /// The text of a string that this scanner took.
    @inline(__always)
    func text(_ text: JSONText) -> String {
        if text.hasEscapes { return unescaped(text) }
        return unsafe String(decoding: bytes(text.place), as: UTF8.self)
    }

    /// Whether the string spells `name`, which has no escapes, byte for byte.
    @inline(__always)
    func spells(_ text: JSONText, _ name: StaticString) -> Bool {
        if text.hasEscapes { return unescaped(text).utf8.elementsEqual("\(name)".utf8) }
        let bytes = unsafe bytes(text.place)
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<bytes.count where unsafe bytes[index] != name.utf8Start[index] {
            return false
        }
        return true
    }

    /// Escapes only ever shrink, so the raw length is room enough.
    private func unescaped(_ text: JSONText) -> String {
        let raw = unsafe bytes(text.place)
        return unsafe String(unsafeUninitializedCapacity: raw.count) { room in
            var reader = 0
            var written = 0
            while reader < raw.count {
                let byte = unsafe raw[reader]
                if byte != UInt8(ascii: "\\") {
                    unsafe room[written] = byte
                    reader += 1
                    written += 1
                    continue
                }
                let (scalar, length) = unsafe JSONScanner.escape(raw, at: reader)
                reader += length
                for unit in scalar.utf8 {
                    unsafe room[written] = unit
                    written += 1
                }
            }
            return written
        }
    }

    /// The scalar of the checked escape at `index`, and the bytes it takes.
    private static func escape(
        _ raw: UnsafeRawBufferPointer, at index: Int
    ) -> (Unicode.Scalar, Int) {
        switch unsafe raw[index + 1] {
        case UInt8(ascii: "b"): return ("\u{8}", 2)
        case UInt8(ascii: "f"): return ("\u{c}", 2)
        case UInt8(ascii: "n"): return ("\n", 2)
        case UInt8(ascii: "r"): return ("\r", 2)
        case UInt8(ascii: "t"): return ("\t", 2)
        case UInt8(ascii: "u"): return unsafe unicodeEscape(raw, at: index)
        case let plain: return (Unicode.Scalar(plain), 2)
        }
    }

    private static func unicodeEscape(
        _ raw: UnsafeRawBufferPointer, at index: Int
    ) -> (Unicode.Scalar, Int) {
        let unit = unsafe codeUnit(raw, at: index + 2)
        guard unit & 0xfc00 == 0xd800 else { return (scalar(unit), 6) }
        let low = unsafe codeUnit(raw, at: index + 8)
        return (scalar(0x10000 + (unit & 0x3ff) << 10 + (low & 0x3ff)), 12)
    }

    private static func codeUnit(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt32 {
        var value: UInt32 = 0
        for offset in 0..<4 {
            let digit = unsafe ASCII.hexValue(raw[index + offset]) ?? 0
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(value) else {
            preconditionFailure("the scanner refused lone surrogates before")
        }
        return scalar
    }
}
