import Glibc

/// A moment: milliseconds since 1970-01-01T00:00:00Z, written as RFC 3339 does:
/// `2026-08-01T12:34:56.789Z`.
@usableFromInline package struct Timestamp: Hashable, Comparable, Sendable {
    @usableFromInline package let milliseconds: Int64

    /// Bytes of the text, always the same number.
    package static let textBytes = 24

    /// The first and the last moment that four digits of a year can write.
    private static let earliest: Int64 = -62_167_219_200_000
    private static let latest: Int64 = 253_402_300_799_999

    /// A moment outside the years 0000…9999 is moved to the nearest one inside.
    @inlinable package init(milliseconds: Int64) {
        self.milliseconds = Timestamp.clamped(milliseconds)
    }

    /// What the clock of this machine says.
    package static func now() -> Timestamp {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    @inlinable package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    @usableFromInline static func clamped(_ milliseconds: Int64) -> Int64 {
        min(max(milliseconds, earliest), latest)
    }

    /// The same moment as text.
    package var text: String {
        var buffer = ByteBuffer(capacity: Timestamp.textBytes)
        append(to: &buffer)
        return buffer.freeze().text
    }

    /// Appends the text: 24 bytes.
    package func append(to buffer: inout ByteBuffer) {
        unsafe buffer.withRoom(Timestamp.textBytes) { room in
            unsafe write(into: room)
            return Timestamp.textBytes
        }
    }

    /// Writes the text at the front of `room`, which holds at least `textBytes`.
    package func write(into room: UnsafeMutableRawBufferPointer) {
        precondition(room.count >= Timestamp.textBytes, "room for a whole timestamp")
        let (days, rest) = Timestamp.split(milliseconds, by: 86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        unsafe Timestamp.digits(date.year, 4, room, 0)
        unsafe room[4] = UInt8(ascii: "-")
        unsafe Timestamp.digits(date.month, 2, room, 5)
        unsafe room[7] = UInt8(ascii: "-")
        unsafe Timestamp.digits(date.day, 2, room, 8)
        unsafe room[10] = UInt8(ascii: "T")
        unsafe Timestamp.digits(rest / 3_600_000, 2, room, 11)
        unsafe room[13] = UInt8(ascii: ":")
        unsafe Timestamp.digits(rest / 60_000 % 60, 2, room, 14)
        unsafe room[16] = UInt8(ascii: ":")
        unsafe Timestamp.digits(rest / 1000 % 60, 2, room, 17)
        unsafe room[19] = UInt8(ascii: ".")
        unsafe Timestamp.digits(rest % 1000, 3, room, 20)
        unsafe room[23] = UInt8(ascii: "Z")
    }

    /// Quotient and remainder, rounded so that the remainder is never negative.
    private static func split(_ value: Int64, by unit: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: unit)
        return remainder < 0 ? (quotient - 1, remainder + unit) : (quotient, remainder)
    }

    private static func digits(
        _ value: Int64, _ count: Int, _ room: UnsafeMutableRawBufferPointer, _ offset: Int
    ) {
        var rest = value
        for index in stride(from: offset + count - 1, through: offset, by: -1) {
            unsafe room[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}
