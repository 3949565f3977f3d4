import Bytes
import Seeding
import Testing

@Suite("HexText")
struct HexTextTests {
    @Test("a number is written in lower-case digits, all of them")
    func anyNumber() {
        var random = SeededRandom()
        let edges: [UInt64] = [0, .max, 0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210]
        for number in edges + (0..<200).map({ _ in random.next() }) {
            var buffer = ByteBuffer()
            buffer.append(hex: number)
            let plain = String(number, radix: 16)
            let padded = String(repeating: "0", count: 16 - plain.count) + plain
            #expect(buffer.freeze().text == padded, "\(random)")
        }
    }

    @Test("the digits go behind what is there already")
    func behind() {
        var buffer = ByteBuffer(capacity: 3)
        buffer.append("0x" as StaticString)
        buffer.append(hex: UInt32(0x00c0_ffee))
        #expect(buffer.freeze().text == "0x00c0ffee")
    }
}
