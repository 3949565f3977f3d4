package import Bytes

/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7), years
/// 1 to 9999.
package enum HTTPDate {
    /// Every date has this length.
    package static let byteCount = 29
    /// The seconds since 1970 that a year of four digits can name, from year 1 on.
    package static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Appends the date; seconds outside `secondsRange` are taken as its nearest end.
    package static func write(secondsSince1970 seconds: Int64, into buffer: inout ByteBuffer) {
        let seconds = min(max(seconds, secondsRange.lowerBound), secondsRange.upperBound)
        let days = floorDivide(seconds, by: 86_400)
        let day = CivilDate(daysSinceEpoch: days)
        let time = seconds - days * 86_400
        unsafe buffer.withRoom(byteCount) { room in
            unsafe put(name(weekdays, weekday(days)), into: room, at: 0)
            unsafe put(", ", into: room, at: 3)
            unsafe putTwo(day.day, into: room, at: 5)
            unsafe put(" ", into: room, at: 7)
            unsafe put(name(months, day.month - 1), into: room, at: 8)
            unsafe put(" ", into: room, at: 11)
            unsafe putTwo(day.year / 100, into: room, at: 12)
            unsafe putTwo(day.year % 100, into: room, at: 14)
            unsafe put(" ", into: room, at: 16)
            unsafe putTwo(time / 3600, into: room, at: 17)
            unsafe put(":", into: room, at: 19)
            unsafe putTwo(time / 60 % 60, into: room, at: 20)
            unsafe put(":", into: room, at: 22)
            unsafe putTwo(time % 60, into: room, at: 23)
            unsafe put(" GMT", into: room, at: 25)
            return byteCount
        }
    }

    /// The date as bytes of its own, for a cache that is renewed once a second.
    package static func bytes(secondsSince1970 seconds: Int64) -> ByteString {
        var buffer = ByteBuffer(capacity: byteCount)
        write(secondsSince1970: seconds, into: &buffer)
        return buffer.freeze()
    }

    /// Seconds since 1970; nil unless the text is an IMF-fixdate of a real day with its right
    /// weekday.
    package static func parse(_ text: UnsafeRawBufferPointer) -> Int64? {
        guard text.count == byteCount, unsafe matches(text, ", ", at: 3),
            unsafe matches(text, " ", at: 7), unsafe matches(text, " ", at: 11),
            unsafe matches(text, " ", at: 16), unsafe matches(text, ":", at: 19),
            unsafe matches(text, ":", at: 22), unsafe matches(text, " GMT", at: 25),
            let date = unsafe number(text, 5, 2), let year = unsafe number(text, 12, 4),
            let hour = unsafe number(text, 17, 2), let minute = unsafe number(text, 20, 2),
            let second = unsafe number(text, 23, 2),
            let month = (1...12).first(where: { unsafe matches(text, name(months, $0 - 1), at: 8) }
            ),
            hour < 24, minute < 60, second < 60,
            year > 0
        else { return nil }
        let day = CivilDate(year: year, month: month, day: date)
        let days = day.daysSinceEpoch
        guard day.exists, unsafe matches(text, name(weekdays, weekday(days)), at: 0) else {
            return nil
        }
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }

    /// The same for text.
    package static func parse(_ text: String) -> Int64? {
        var text = text
        return text.withUTF8 { unsafe parse(UnsafeRawBufferPointer($0)) }
    }

    private static var weekdays: StaticString { "SunMonTueWedThuFriSat" }
    private static var months: StaticString { "JanFebMarAprMayJunJulAugSepOctNovDec" }

    /// 0 for Sunday; the first of January 1970 was a Thursday.
    private static func weekday(_ days: Int64) -> Int64 { (days % 7 + 11) % 7 }

    /// The three letters of entry `index` in a table of names.
    private static func name(_ table: StaticString, _ index: Int64) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: table.utf8Start + Int(index) * 3, count: 3)
    }

    private static func put(
        _ text: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        for index in 0..<text.count { unsafe room[offset + index] = text[index] }
    }

    private static func put(
        _ text: StaticString, into room: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: text.utf8Start, count: text.utf8CodeUnitCount)
        unsafe put(bytes, into: room, at: offset)
    }

    private static func putTwo(
        _ number: Int64, into room: UnsafeMutableRawBufferPointer, at offset: Int
    ) {
        unsafe room[offset] = 0x30 + UInt8(truncatingIfNeeded: number / 10)
        unsafe room[offset + 1] = 0x30 + UInt8(truncatingIfNeeded: number % 10)
    }

    private static func matches(
        _ text: UnsafeRawBufferPointer, _ expected: StaticString, at offset: Int
    ) -> Bool {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: expected.utf8Start, count: expected.utf8CodeUnitCount)
        return unsafe matches(text, bytes, at: offset)
    }

    private static func matches(
        _ text: UnsafeRawBufferPointer, _ expected: UnsafeRawBufferPointer, at offset: Int
    ) -> Bool {
        for index in 0..<expected.count where unsafe text[offset + index] != expected[index] {
            return false
        }
        return true
    }

    private static func number(
        _ text: UnsafeRawBufferPointer, _ offset: Int, _ count: Int
    ) -> Int64? {
        let digits = unsafe UnsafeRawBufferPointer(rebasing: text[offset..<offset + count])
        return unsafe DecimalText.parse(digits)
    }

    private static func floorDivide(_ number: Int64, by divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : (number - divisor + 1) / divisor
    }
}
