import Bytes
import Seeding
import Testing

@Suite("ByteString")
struct ByteStringTests {
    @Test("strings of the same bytes are equal and hash alike, whatever they were cut from")
    func equality() {
        let whole = ByteString([9, 1, 2, 3, 9])
        let part = whole.slice(from: 1, count: 3)
        #expect(part == ByteString([1, 2, 3]))
        #expect(part.hashValue == ByteString([1, 2, 3]).hashValue)
        #expect(part != ByteString([1, 2]) && part != ByteString([1, 2, 4]))
        #expect(ByteString() == ByteString([]) && ByteString().isEmpty)
    }

    @Test("slices of slices are what array slices are")
    func slices() {
        var random = SeededRandom()
        for _ in 0..<500 {
            var model = random.bytes(count: Int.random(in: 0...40, using: &random))
            var string = ByteString(model)
            while !model.isEmpty {
                let lower = Int.random(in: 0...model.count, using: &random)
                let count = Int.random(in: 0...(model.count - lower), using: &random)
                string = string.slice(from: lower, count: count)
                model = Array(model[lower..<lower + count])
                guard string.array == model, string.count == model.count else {
                    Issue.record("\(random): \(string.array) instead of \(model)")
                    return
                }
                if count == 0 { break }
            }
        }
    }

    @Test("text comes back, and what is no text is marked")
    func text() {
        #expect(ByteString("grüße 🙂").text == "grüße 🙂")
        #expect(ByteString([0x61, 0xff]).text == "a\u{fffd}")
        #expect(("literal" as ByteString).array == Array("literal".utf8))
    }

    @Test("a frozen string keeps its bytes when its buffer is gone")
    func frozen() {
        var strings: [ByteString] = []
        for number in 0..<100 {
            var buffer = ByteBuffer()
            buffer.append(decimal: number)
            buffer.append(" and more" as StaticString)
            buffer.consume(1)
            strings.append(buffer.freeze())
        }
        #expect(strings[42].text == "2 and more")
    }
}
