import Bytes
import JSON
import Testing

@Suite("JSON, at random")
struct JSONPropertyTests {
    private static let seeds: [UInt64] = [1, 20_260_901, .random(in: .min ... .max)]

    @Test("what was written is read back the same", arguments: seeds)
    func roundTrip(_ seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<400 {
            let value = RandomJSON.value(&random, depth: 0)
            var writer = JSONWriter(capacity: 0)
            writer.value(value)
            let bytes = writer.finish()
            #expect(try JSONValue.parse(bytes) == value, "seed \(seed): \(bytes.text)")
        }
    }

    @Test("random bytes never do more than throw", arguments: seeds)
    func garbage(_ seed: UInt64) {
        var random = Seeded(seed)
        let letters = Array(#"{}[]",:\u0123456789eE+-.truefalsn "#.utf8)
        let alphabet = letters + [0, 0x1f, 0x80, 0xed, 0xf4]
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<40, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            _ = verdict(bytes)
        }
    }

    @Test("one changed byte gives a value or an error inside the text", arguments: seeds)
    func mutated(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<2_000 {
            var writer = JSONWriter()
            writer.value(RandomJSON.value(&random, depth: 0))
            var bytes = writer.finish().array
            let place = Int.random(in: bytes.indices, using: &random)
            bytes[place] = UInt8.random(in: .min ... .max, using: &random)
            guard let error = verdict(bytes) else { continue }
            #expect((0...bytes.count).contains(error.offset), "seed \(seed)")
        }
    }

    @Test("every beginning of a text that is not yet whole ends too early", arguments: seeds)
    func prefixes(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<60 {
            var writer = JSONWriter()
            writer.beginArray()
            writer.value(RandomJSON.value(&random, depth: 1))
            writer.endArray()
            let bytes = writer.finish().array
            for count in 0..<min(bytes.count, 300) {
                let error = verdict(Array(bytes[..<count]))
                let reasons: [JSONError.Reason] = [.unexpectedEnd, .invalidUTF8]
                let isCut = error.map { reasons.contains($0.reason) } ?? false
                #expect(isCut, "seed \(seed), \(count) bytes: \(String(describing: error))")
            }
        }
    }

    private func verdict(_ bytes: [UInt8]) -> JSONError? {
        do {
            _ = try JSONValue.parse(ByteString(bytes))
            return nil
        } catch {
            return error
        }
    }
}

/// Values of every kind, nested a little, with strings of every width.
private enum RandomJSON {
    static func value(_ random: inout Seeded, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return number(&random)
        case 4: return .string(text(&random))
        case 5:
            let count = Int.random(in: 0..<5, using: &random)
            return .array((0..<count).map { _ in value(&random, depth: depth + 1) })
        default: return object(&random, depth: depth)
        }
    }

    /// Objects come from text: names are unique there or the reader would say so.
    private static func object(_ random: inout Seeded, depth: Int) -> JSONValue {
        var writer = JSONWriter()
        writer.beginObject()
        for index in 0..<Int.random(in: 0..<20, using: &random) {
            writer.key("\(index)\(text(&random))")
            writer.value(value(&random, depth: depth + 2))
        }
        writer.endObject()
        return (try? JSONValue.parse(writer.finish())) ?? .string("unreadable")
    }

    private static func number(_ random: inout Seeded) -> JSONValue {
        let digits = Double.random(in: -1e30...1e30, using: &random)
        return (try? JSONValue.parse(ByteString("\(digits)"))) ?? .string("unreadable")
    }

    private static func text(_ random: inout Seeded) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<24, using: &random) {
            let ranges: [ClosedRange<UInt32>] = [
                0...0x7f, 0x20...0x7e, 0x20...0x7e, 0x80...0x7ff, 0x800...0xffff,
                0x10000...0x10ffff,
            ]
            let range = ranges.randomElement(using: &random) ?? 0...0x7f
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else {
                continue
            }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}
