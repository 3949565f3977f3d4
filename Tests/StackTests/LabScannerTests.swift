import Bytes
import Testing

@testable import Stack

@Suite("The scanner of lab-shaped files")
struct LabScannerTests {
    @Test("sections are found in any order, other members are passed")
    func order() throws {
        let found = try Scan.all(
            #"{"posts":[{"user":1}],"note":{"a":[1,"]"]},"users":[],"threads":[{},{}]}"#)
        #expect(
            found == [
                "begins posts", #"record {"user":1}"#, "ends posts", "passed note",
                "begins users", "ends users",
                "begins threads", "record {}", "record {}", "ends threads", "done",
            ])
    }

    @Test("a name may be spelled with escapes")
    func escapedName() throws {
        let found = try Scan.all(#"{"us\u0065rs" : [ ] }"#)
        #expect(found == ["begins users", "ends users", "done"])
    }

    @Test("an element that is no object is spoiled, and the next one is read")
    func elements() throws {
        let found = try Scan.all(#"{"users":[1,"a",null,[{}],{}]}"#)
        #expect(
            found == [
                "begins users", "spoiled an object is expected, not a number",
                "spoiled an object is expected, not a string",
                "spoiled an object is expected, not null",
                "spoiled an object is expected, not an array", "record {}", "ends users", "done",
            ])
    }

    @Test("text that is no text spoils its record alone")
    func spoiledText() throws {
        let found = try Scan.all(#"{"users":[{"a":"\ud800"},{"b":"]}\""}]}"#)
        #expect(found[1] == "spoiled byte 6 of the record: half a surrogate pair is no character")
        #expect(found[2] == #"record {"b":"]}\""}"#)
    }

    @Test("a record that is too large is passed without being kept")
    func tooLarge() throws {
        let long = String(repeating: "x", count: ImportLimits.recordBytesMax * 2)
        let found = try Scan.all(
            #"{"users":[{"a":"\#(long)"},{}]}"#, pieceBytes: ImportLimits.chunkBytes)
        #expect(found[1] == "spoiled a record has at most 1048512 bytes")
        #expect(found[2...] == ["record {}", "ends users", "done"])
    }

    @Test(
        "a broken structure is a fault with its offset",
        arguments: [
            (#"{"users":[{"a" 1}]}"#, 15), (#"{"users":[{}}"#, 12), (#"{"users":[{},]}"#, 13),
            (#"{"users":[{}"#, 12), (#"{"users":[{}] "threads":[]}"#, 14), (#"{"users":[]} x"#, 13),
            (#"{"a":1,}"#, 7), (#"{"a":1"#, 6), (#""#, 0), (#"{users:[]}"#, 1),
        ])
    func structure(_ text: String, _ offset: Int) throws {
        let fault = try #require(throws: LabFault.self) { try Scan.all(text) }
        #expect(fault.offset == offset)
        guard case .notJSON = fault.reason else {
            Issue.record("\(fault.reason)")
            return
        }
    }

    @Test("a document of another shape is told what is expected")
    func shape() {
        #expect(throws: LabFault(.notAnObject, at: 0)) { try Scan.all("[]") }
        #expect(throws: LabFault(.notAnArray(.posts), at: 9)) { try Scan.all(#"{"posts":{}}"#) }
        #expect(throws: LabFault(.twice(.posts), at: 12)) {
            try Scan.all(#"{"posts":[],"posts":[]}"#)
        }
    }

    @Test("a name without end is refused before it fills the memory")
    func endlessName() {
        let text = "{\"" + String(repeating: "n", count: ImportLimits.nameBytesMax * 2)
        #expect(throws: LabFault(.nameTooLong, at: 1)) { try Scan.all(text, endsHere: false) }
    }

    private static let seeds: [UInt64] = [1, 20_260_901, .random(in: .min ... .max)]

    @Test("the pieces a file arrives in change nothing", arguments: seeds)
    func pieces(_ seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<200 {
            let text = RandomLab.document(&random)
            let whole = try Scan.all(text)
            for pieceBytes in [1, 2, 7, Int.random(in: 3...60, using: &random)] {
                #expect(
                    try Scan.all(text, pieceBytes: pieceBytes) == whole,
                    "seed \(seed), pieces of \(pieceBytes): \(text)")
            }
        }
    }

    @Test("one changed byte gives steps or a fault, in any pieces the same", arguments: seeds)
    func mutated(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<500 {
            var bytes = Array(RandomLab.document(&random).utf8)
            let place = Int.random(in: bytes.indices, using: &random)
            bytes[place] = UInt8.random(in: 0x20...0x7e, using: &random)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                Scan.outcome(text, pieceBytes: 5) == Scan.outcome(text),
                "seed \(seed): \(text)")
        }
    }
}
