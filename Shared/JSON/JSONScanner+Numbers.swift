import Bytes

extension JSONScanner {
    /// Takes a number whose first character, a digit or a minus sign, lies at the position.
    mutating func takeNumber() throws(JSONError) -> JSONToken {
        let start = position
        let isNegative = byte(at: position) == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let integer = try takeInteger(isNegative: isNegative, start: start)
        let hasFraction = try takeFraction(start)
        let hasExponent = try takeExponent(start)
        guard position - start <= JSONLimits.numberBytesMax else {
            throw JSONError(.numberTooLong, at: start)
        }
        if !hasFraction, !hasExponent, let integer { return .integer(integer) }
        return .number(Slice(offset: start, count: position - start))
    }

    /// The digits before the point; nil when they do not fit 64 bits.
    private mutating func takeInteger(
        isNegative: Bool, start: Int
    ) throws(JSONError) -> Int64? {
        let first = position
        var value: Int64? = 0
        while let byte = current, ASCII.isDigit(byte) {
            value = value.flatMap { JSONScanner.shift($0, byte &- 0x30, isNegative: isNegative) }
            position += 1
        }
        let digits = position - first
        guard digits > 0 else { throw numberFault(start) }
        if digits > 1, byte(at: first) == UInt8(ascii: "0") {
            throw JSONError(.invalidNumber, at: start)
        }
        return value
    }

    @inline(__always)
    private static func shift(_ value: Int64, _ digit: UInt8, isNegative: Bool) -> Int64? {
        let (tens, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) =
            isNegative
            ? tens.subtractingReportingOverflow(Int64(digit))
            : tens.addingReportingOverflow(Int64(digit))
        return over || carry ? nil : sum
    }

    private mutating func takeFraction(_ start: Int) throws(JSONError) -> Bool {
        guard current == UInt8(ascii: ".") else { return false }
        position += 1
        try takeDigits(start)
        return true
    }

    private mutating func takeExponent(_ start: Int) throws(JSONError) -> Bool {
        guard let byte = current, byte | 0x20 == UInt8(ascii: "e") else { return false }
        position += 1
        if let sign = current, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            position += 1
        }
        try takeDigits(start)
        return true
    }

    private mutating func takeDigits(_ start: Int) throws(JSONError) {
        let first = position
        while let byte = current, ASCII.isDigit(byte) { position += 1 }
        guard position > first else { throw numberFault(start) }
    }

    private func numberFault(_ start: Int) -> JSONError {
        position < count
            ? JSONError(.invalidNumber, at: start) : JSONError(.unexpectedEnd, at: position)
    }
}
