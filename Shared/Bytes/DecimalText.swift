/// Whole numbers as decimal text, both ways, without allocation.
@usableFromInline
package enum DecimalText {
    /// Digits of the longest 64-bit number, with its sign.
    @inlinable package static var digitsMax: Int { 20 }

    /// Writes `number` into `room`, which holds at least `digitsMax` bytes; answers the bytes
    /// written.
    @inlinable package static func write(
        _ number: Int64, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        precondition(room.count >= digitsMax, "room for the longest number")
        var rest = number.magnitude
        let sign = number < 0 ? 1 : 0
        if sign == 1 { unsafe room[0] = UInt8(ascii: "-") }
        let count = sign + digits(of: rest)
        var index = count
        while rest >= 10 {
            let (tens, last) = rest.quotientAndRemainder(dividingBy: 10)
            index -= 1
            unsafe room[index] = 0x30 | UInt8(truncatingIfNeeded: last)
            rest = tens
        }
        unsafe room[sign] = 0x30 | UInt8(truncatingIfNeeded: rest)
        return count
    }

    /// How many digits `number` has: found by comparing, which is cheaper than dividing.
    @inlinable static func digits(of number: UInt64) -> Int {
        var count = 1
        var power: UInt64 = 10
        // No magnitude of 64 bits with a sign has more than 19.
        while count < 19, number >= power {
            count += 1
            power *= 10
        }
        return count
    }

    /// The non-negative number that `bytes` spell, digits only: no sign, no space, no overflow;
    /// else nil.
    @inlinable package static func parse(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        guard bytes.count > 0, bytes.count <= digitsMax else { return nil }
        var value: Int64 = 0
        for index in 0..<bytes.count {
            let byte = unsafe bytes[index]
            guard ASCII.isDigit(byte) else { return nil }
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int64(byte &- 0x30))
            guard !over, !carry else { return nil }
            value = sum
        }
        return value
    }

    /// The same for text.
    package static func parse(_ text: some StringProtocol) -> Int64? {
        var copy = ByteBuffer(capacity: digitsMax)
        guard text.utf8.count <= digitsMax else { return nil }
        copy.append(text)
        return unsafe parse(copy.readable)
    }
}
