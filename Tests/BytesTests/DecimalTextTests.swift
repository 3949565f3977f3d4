import Bytes
import Seeding
import Testing

@Suite("DecimalText")
struct DecimalTextTests {
    private func parse(_ text: String) -> Int64? { DecimalText.parse(text) }

    @Test("every number is written as Swift writes it and parses back")
    func roundTrip() {
        var random = SeededRandom()
        var numbers: [Int64] = [0, 1, 9, 10, 99, 100, -1, -10, .max, .min, .max - 1]
        for bits in 0..<63 { numbers += [1 << bits, (1 << bits) - 1, -(1 << bits)] }
        numbers += (0..<2000).map { _ in
            Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random)
        }
        for number in numbers {
            var buffer = ByteBuffer()
            buffer.append(decimal: number)
            let text = buffer.freeze().text
            guard text == "\(number)", parse(text) == (number < 0 ? nil : number) else {
                Issue.record("\(random): \(number) is written \(text)")
                return
            }
        }
    }

    @Test(
        "only digits without overflow are a number",
        arguments: [
            "", "-1", "+1", " 1", "1 ", "0x1", "1.0", "1e3", "9223372036854775808",
            "99999999999999999999", "100000000000000000000", "١", "1\0",
        ])
    func refused(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test("leading zeros are digits")
    func zeros() {
        #expect(parse("0007") == 7)
        #expect(parse("00000000000000000001") == 1)
    }
}
