import Bytes
import Fixture
import JSON
import Testing

@testable import MessagesService

@Suite("Lines of a bulk load")
struct MessageLineTests {
    private func quick(_ line: String) -> MessageLine? {
        ByteString(line).withBytes { MessageLine.quick($0) }
    }

    private func slow(_ line: String) -> MessageLine? {
        // What is refused compares as nothing.
        try? MessageLine.decode(ByteString(line))
    }

    @Test("the usual line is read the quick way, and means the same")
    func usual() {
        for line in [
            #"{"thread":1,"text":"Count me in!","user":2}"#,
            #"{"thread":1,"text":"a\nb\u00e9🦊","user":2,"place":7}"#,
            #" { "user" : 2 , "id" : 9, "text":"x","thread":1 } "#,
        ] {
            #expect(quick(line) != nil)
            #expect(quick(line) == slow(line))
        }
    }

    @Test("what the quick way takes, the slow one takes as the same", arguments: 0..<200)
    func agree(seed: UInt64) {
        var random = Seeded(seed)
        let line = MessageLineTests.line(&random)
        if let quick = quick(line) { #expect(quick == slow(line), "seed \(seed): \(line)") }
    }

    @Test("what is refused is refused by both")
    func refused() {
        for line in [
            #"{"thread":1,"text":"","user":2}"#, #"{"thread":0,"text":"x","user":2}"#,
            #"{"thread":1,"text":"\u0000","user":2}"#, #"{"thread":1,"text":"x"}"#,
            #"{"thread":1,"text":"x","user":2,"user":3}"#, #"{"thread":1,"text":"x","user":2"#,
            #"{"thread":1,"text":"x","user":2,"id":1,"place":1}"#,
            #"{"thread":1,"text":"x","user":2} 1"#, #"[1]"#, "",
            #"{"thread":1.0,"text":"x","user":2}"#,
        ] {
            #expect(quick(line) == nil, "\(line)")
            #expect(slow(line) == nil, "\(line)")
        }
    }

    @Test("the checksum sees each member and every byte")
    func checksum() {
        let lines = [
            #"{"thread":1,"text":"abcdefgh","user":2}"#,
            #"{"thread":2,"text":"abcdefgh","user":1}"#,
            #"{"thread":1,"text":"abcdefgH","user":2}"#,
            #"{"thread":1,"text":"abcdefgh ","user":2}"#,
            #"{"thread":1,"text":"abcdefghi","user":2}"#, #"{"thread":1,"text":"a","user":2}"#,
        ]
        let checksums = lines.compactMap(quick).map { PlaceChecksum.of($0.new) }
        #expect(Set(checksums).count == lines.count)
    }

    @Test("the checksum never changes: stores hold it")
    func checksumIsFixed() throws {
        let line = try #require(quick(#"{"thread":1,"text":"Count me in! 🦊","user":2}"#))
        #expect(PlaceChecksum.of(line.new) == -4_735_718_527_263_291_419)
    }

    private static let texts = ["x", "", #"a\u0000"#, #"\n"#, "é", #"\ud83e\udd8a"#]

    /// A line that is right more often than not.
    private static func line(_ random: inout Seeded) -> String {
        var members = [
            #""thread":\#(Int.random(in: -1...9, using: &random))"#,
            #""user":\#(Int.random(in: 0...9, using: &random))"#,
            #""text":"\#(texts.randomElement(using: &random) ?? "")""#,
        ]
        if Bool.random(using: &random) {
            members.append(#""place":\#(Int.random(in: 0...3, using: &random))"#)
        }
        if Bool.random(using: &random) {
            members.append(#""id":\#(Int.random(in: 0...3, using: &random))"#)
        }
        if Bool.random(using: &random) { members.append(#""extra":[1,{"a":null}]"#) }
        if Int.random(in: 0..<8, using: &random) == 0 { members.append(#""text":"again""#) }
        return "{\(members.shuffled(using: &random).joined(separator: ","))}"
    }
}
