import Glibc

/// Random numbers that a seed brings back: `FUZZ_SEED=<seed> swift test` repeats a run.
package struct SeededRandom: RandomNumberGenerator, CustomStringConvertible {
    /// What brings this row back.
    package let seed: UInt64
    private var state: UInt64

    /// Seeded by `FUZZ_SEED`, else at random; prints the seed.
    package init() {
        let given = getenv("FUZZ_SEED").flatMap { UInt64(String(cString: $0)) }
        seed = given ?? UInt64.random(in: 1...UInt64.max)
        state = seed
        print("FUZZ_SEED=\(seed)")
    }

    package var description: String { "FUZZ_SEED=\(seed)" }

    /// SplitMix64.
    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// `count` random bytes.
    package mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    /// Characters of `alphabet` in a random row.
    package mutating func text(from alphabet: String, count: ClosedRange<Int>) -> String {
        let characters = Array(alphabet.unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: count, using: &self) {
            text.append(characters.randomElement(using: &self)!)
        }
        return String(text)
    }

    /// `bytes` changed in a few places, as an attacker or a broken peer would.
    package mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let hints = Array("\r\n\t :;,=%#?/\\\"0aAfF\0\u{7f}".utf8) + [0x80, 0xff]
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            let hint = hints.randomElement(using: &self)!
            switch Int.random(in: 0..<6, using: &self) {
            case 0 where place < bytes.count: bytes[place] = hint
            case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 2 where place < bytes.count: bytes.remove(at: place)
            case 3: bytes.insert(hint, at: place)
            case 4: bytes.insert(contentsOf: bytes.prefix(place).suffix(20), at: place)
            default: bytes.removeLast(min(bytes.count, Int.random(in: 0...3, using: &self)))
            }
        }
        return bytes
    }
}
