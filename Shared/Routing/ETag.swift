import Bytes

/// A strong entity tag (RFC 9110 §8.8.3), quotes included.
///
/// A tag may have a part after `~` for foreign cards inside the representation: it counts for
/// `If-None-Match`, where a renamed author must defeat a 304, and not for `If-Match`, where it
/// must not look like an edit.
package struct ETag: Equatable, Sendable {
    /// As it is sent: `"p812.4"`.
    package let text: String

    /// `opaque` is printable ASCII without quotes and spaces: `p812.4`, `p812.4~u4.9`.
    package init(_ opaque: String) {
        precondition(opaque.utf8.allSatisfy(ETag.isOpaque), "an entity tag is printable ASCII")
        text = "\"\(opaque)\""
    }

    /// `"<kind><id>.<version>"`, made without a detour over other strings.
    package init(_ kind: Character, _ id: Int64, version: Int64) {
        let letter = kind.asciiValue ?? 0
        precondition(ETag.isOpaque(letter), "the kind is one ASCII letter")
        let room = 2 * DecimalText.digitsMax + 4
        text = unsafe withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { all in
            unsafe all[0] = UInt8(ascii: "\"")
            unsafe all[1] = letter
            let dot = unsafe 2 + ETag.write(id, into: all, at: 2)
            unsafe all[dot] = UInt8(ascii: ".")
            let end = unsafe dot + 1 + ETag.write(version, into: all, at: dot + 1)
            unsafe all[end] = UInt8(ascii: "\"")
            return unsafe String(decoding: all[...end], as: UTF8.self)
        }
    }

    private static func write(
        _ number: Int64, into all: UnsafeMutableRawBufferPointer, at start: Int
    ) -> Int {
        unsafe DecimalText.write(
            number, into: UnsafeMutableRawBufferPointer(rebasing: all[start...]))
    }

    /// The characters of an opaque tag, obs-text left out (RFC 9110 §8.8.3).
    static func isOpaque(_ byte: UInt8) -> Bool { byte == 0x21 || (0x23...0x7e).contains(byte) }
}
