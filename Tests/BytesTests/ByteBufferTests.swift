import Bytes
import Seeding
import Testing

@Suite("ByteBuffer")
struct ByteBufferTests {
    @Test("any run of appends and consumes leaves what a plain array holds")
    func likeAnArray() {
        var random = SeededRandom()
        for _ in 0..<300 {
            var buffer = ByteBuffer(capacity: Int.random(in: 0...40, using: &random))
            var model: [UInt8] = []
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                step(&buffer, &model, &random)
                guard Array(buffer.readable) == model, buffer.count == model.count else {
                    Issue.record("\(random): \(Array(buffer.readable)) instead of \(model)")
                    return
                }
            }
            #expect(buffer.isEmpty == model.isEmpty)
            #expect(buffer.freeze().array == model)
        }
    }

    private func step(
        _ buffer: inout ByteBuffer, _ model: inout [UInt8], _ random: inout SeededRandom
    ) {
        let bytes = random.bytes(count: Int.random(in: 0...90, using: &random))
        switch Int.random(in: 0..<12, using: &random) {
        case 0: buffer.append(bytes); model += bytes
        case 1: bytes.withUnsafeBytes { buffer.append($0) }; model += bytes
        case 2: buffer.append(ByteString(bytes)); model += bytes
        case 3: buffer.append(UInt8(7)); model.append(7)
        case 4: buffer.append("fixed" as StaticString); model += Array("fixed".utf8)
        case 5: buffer.append("tëxt \(bytes.count)"); model += Array("tëxt \(bytes.count)".utf8)
        case 6: buffer.append(decimal: bytes.count - 45); model += Array("\(bytes.count - 45)".utf8)
        case 7:
            buffer.withRoom(bytes.count) { room in
                room.copyBytes(from: bytes)
                return bytes.count
            }
            model += bytes
        case 8, 9:
            let count = Int.random(in: 0...model.count, using: &random)
            buffer.consume(count)
            model.removeFirst(count)
        case 10 where !model.isEmpty:
            let place = Int.random(in: 0..<model.count, using: &random)
            buffer.overwrite(at: place, with: 9)
            model[place] = 9
        case 11 where bytes.count < 10:
            if bytes.count < 5 { buffer.removeAll() } else { buffer.release() }
            model = []
        default: buffer.reserve(bytes.count)
        }
    }

    @Test("an empty buffer has no bytes and takes no room")
    func empty() {
        let buffer = ByteBuffer()
        #expect(buffer.isEmpty && buffer.readable.count == 0 && buffer.capacity == 0)
    }

    @Test("what was consumed makes room again without growing")
    func reuse() {
        var buffer = ByteBuffer(capacity: 64)
        for _ in 0..<1000 {
            buffer.append([UInt8](repeating: 1, count: 48))
            buffer.consume(48)
        }
        #expect(buffer.capacity == 64)
    }

    @Test("a released buffer can be used again")
    func release() {
        var buffer = ByteBuffer(capacity: 10)
        buffer.append("abc" as StaticString)
        buffer.release()
        #expect(buffer.isEmpty && buffer.capacity == 0)
        buffer.append(UInt8(1))
        #expect(Array(buffer.readable) == [1])
    }
}
