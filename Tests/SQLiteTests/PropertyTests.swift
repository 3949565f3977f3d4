import Fixture
import SQLite
import Testing

/// SplitMix64: the same seed gives the same values everywhere.
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func scalar() -> Unicode.Scalar {
        let limits: [UInt32] = [0x7f, 0x7ff, 0xffff, 0x10_ffff]
        let limit = limits.randomElement(using: &self)!
        return Unicode.Scalar(UInt32.random(in: 0...limit, using: &self)) ?? "\0"
    }
}

struct PropertyTests {
    @Test("what is written is read, for random texts", arguments: [1, 2, 3].map(UInt64.init))
    func randomTexts(seed: UInt64) async throws {
        var random = Random(state: seed)
        let folder = TemporaryFolder()
        let store = try Store.notes(folder)
        let texts = (0..<200).map { _ in
            var text = ""
            for _ in 0..<Int.random(in: 1...80, using: &random) {
                text.unicodeScalars.append(random.scalar())
            }
            return text
        }
        try await store.write { transaction in
            for text in texts { _ = try transaction.one(Notes.add, text) }
        }
        let back = try store.read { try $0.all(Notes.texts) }
        #expect(back.map { Array($0.utf8) } == texts.map { Array($0.utf8) }, "seed \(seed)")
    }
}
