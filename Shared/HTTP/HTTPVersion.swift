import Bytes

/// The version in a start line: `HTTP/` digit `.` digit (RFC 9112 §2.3).
struct HTTPVersion {
    static let byteCount = 8
    let major: UInt8
    let minor: UInt8

    /// Reads the version at `start`; nil if the eight bytes there are none.
    init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
        guard start + HTTPVersion.byteCount <= bytes.count else { return nil }
        let word = unsafe ByteScan.word(bytes, start)
        // "HTTP/" and "." around the two digits, the first letter in the lowest byte.
        guard word & 0x00ff_00ff_ffff_ffff == 0x002e_002f_5054_5448 else { return nil }
        major = UInt8(truncatingIfNeeded: word >> 40) &- 0x30
        minor = UInt8(truncatingIfNeeded: word >> 56) &- 0x30
        guard major < 10, minor < 10 else { return nil }
    }

    /// The minor version if this is HTTP/1.0 or HTTP/1.1.
    func supportedMinor() throws(HTTPFault) -> UInt8 {
        guard major == 1, minor < 2 else {
            throw HTTPFault(
                .versionNotSupported, "version-not-supported",
                "HTTP/\(major).\(minor) is not spoken here, HTTP/1.1 and HTTP/1.0 are")
        }
        return minor
    }
}
