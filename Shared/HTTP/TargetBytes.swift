/// Which bytes may stand in a target as they are (RFC 3986 §3.3), without `%` and without the end
/// of their part.
///
/// The query takes every printable byte but `#`: browsers leave braces, bars and quotes there as
/// they are. The path takes all but `"`, `<`, `>` and `\` besides, which some readers take for
/// something else.
enum TargetBytes {
    @inline(__always)
    static func isPath(_ byte: UInt8) -> Bool {
        contains(byte, low: pathLow, high: pathHigh)
    }

    @inline(__always)
    static func isQuery(_ byte: UInt8) -> Bool {
        contains(byte, low: queryLow, high: queryHigh)
    }

    @inline(__always)
    private static func contains(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
        let bit = UInt64(1) << UInt64(byte & 63)
        return (byte < 64 ? low : byte < 128 ? high : 0) & bit != 0
    }

    /// All printable bytes below 64 but space, `#` and `%`.
    private static var queryLow: UInt64 { 0xffff_ffd6_0000_0000 }
    /// The same without `"`, `<`, `>` and `?`.
    private static var pathLow: UInt64 { 0x2fff_ffd2_0000_0000 }
    /// All from 64 on but 127.
    private static var queryHigh: UInt64 { 0x7fff_ffff_ffff_ffff }
    /// The same without `\`.
    private static var pathHigh: UInt64 { 0x7fff_ffff_efff_ffff }
}
