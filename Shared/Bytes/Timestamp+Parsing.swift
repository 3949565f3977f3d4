extension Timestamp {
    /// The moment that RFC 3339 text names, in any offset; digits beyond milliseconds are dropped.
    /// Else nil.
    package init?(parsing text: String) {
        guard text.utf8.count <= Timestamp.textBytesMax else { return nil }
        var reader = Reader(text: Array(text.utf8))
        guard let date = reader.date(), reader.take("T") || reader.take("t"),
            let time = reader.time(), let fraction = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let day = date.daysSinceEpoch * 86_400_000
        self.init(milliseconds: day + time + fraction - offset)
    }

    /// Nanoseconds and a numeric offset: nothing in use is longer.
    private static let textBytesMax = 35

    /// Reads the parts from left to right.
    private struct Reader {
        let text: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == text.count }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < text.count, text[position] == UInt8(ascii: character) else {
                return false
            }
            position += 1
            return true
        }

        mutating func number(_ digits: Int) -> Int64? {
            guard position + digits <= text.count else { return nil }
            var value: Int64 = 0
            for index in position..<position + digits {
                let byte = text[index]
                guard ASCII.isDigit(byte) else { return nil }
                value = value * 10 + Int64(byte &- 0x30)
            }
            position += digits
            return value
        }

        mutating func date() -> CivilDate? {
            guard let year = number(4), take("-"), let month = number(2), take("-"),
                let day = number(2)
            else { return nil }
            let date = CivilDate(year: year, month: month, day: day)
            return date.exists ? date : nil
        }

        /// Milliseconds since midnight. A leap second has no place in a count of milliseconds and
        /// is refused.
        mutating func time() -> Int64? {
            guard let clock = hoursAndMinutes(), take(":"), let seconds = number(2), seconds < 60
            else { return nil }
            return clock * 60_000 + seconds * 1000
        }

        mutating func fraction() -> Int64? {
            guard take(".") else { return 0 }
            let first = position
            var value: Int64 = 0
            while let digit = number(1) {
                if position - first <= 3 { value = value * 10 + digit }
            }
            let digits = position - first
            guard digits > 0 else { return nil }
            for _ in min(digits, 3)..<3 { value *= 10 }
            return value
        }

        /// Milliseconds east of Greenwich.
        mutating func offset() -> Int64? {
            if take("Z") || take("z") { return 0 }
            let west = take("-")
            guard west || take("+"), let minutes = hoursAndMinutes() else { return nil }
            return (west ? -minutes : minutes) * 60_000
        }

        private mutating func hoursAndMinutes() -> Int64? {
            guard let hours = number(2), hours < 24, take(":"), let minutes = number(2),
                minutes < 60
            else { return nil }
            return hours * 60 + minutes
        }
    }
}
