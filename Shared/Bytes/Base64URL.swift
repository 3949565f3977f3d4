/// Base64 with the URL-safe alphabet and without padding (RFC 4648 §5).
package enum Base64URL {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// The text for `bytes`: four letters for three of them.
    package static func encode(_ bytes: UnsafeRawBufferPointer) -> String {
        let count = (bytes.count * 4 + 2) / 3
        return unsafe String(unsafeUninitializedCapacity: count) { room in
            for index in 0..<count {
                let sextet = unsafe sextet(bytes, index)
                unsafe room[index] = alphabet[sextet]
            }
            return count
        }
    }

    /// The same for bytes that are kept.
    package static func encode(_ bytes: ByteString) -> String {
        unsafe bytes.withBytes { unsafe encode($0) }
    }

    /// Six bits of `bytes`, as if zeros followed.
    private static func sextet(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int {
        let bit = index * 6
        let first = unsafe UInt16(bytes[bit / 8]) << 8
        let second = unsafe bit / 8 + 1 < bytes.count ? UInt16(bytes[bit / 8 + 1]) : 0
        return Int((first | second) >> UInt16(10 - bit % 8) & 0x3f)
    }

    /// The bytes; nil for other letters, padding, impossible lengths and spare bits that are not
    /// zero, so that every value has one spelling.
    package static func decode(_ text: some StringProtocol) -> ByteString? {
        decode(letters: text.utf8)
    }

    /// The same for letters that are kept, such as a part of a token.
    package static func decode(_ text: ByteString) -> ByteString? {
        unsafe text.withBytes { unsafe decode(letters: $0) }
    }

    private static func decode(letters: some Collection<UInt8>) -> ByteString? {
        var decoded = ByteBuffer(capacity: letters.count * 3 / 4)
        var pending: UInt32 = 0
        var bits: UInt32 = 0
        for byte in letters {
            guard let value = value(byte) else { return nil }
            pending = pending << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                decoded.append(UInt8(truncatingIfNeeded: pending >> bits))
                pending &= (1 << bits) - 1
            }
        }
        guard bits < 6, pending == 0 else { return nil }
        return decoded.freeze()
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 0x41
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 0x61 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) - 0x30 + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
