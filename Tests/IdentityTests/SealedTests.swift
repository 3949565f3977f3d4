import Bytes
import Identity
import Seeding
import Testing

@Suite("Sealed bytes")
struct SealedTests {
    private let secret: Secret
    private let purpose: ByteString = "key-1"

    init() throws { secret = try .random() }

    @Test("what was sealed comes back, of any length, and cannot be read in between")
    func roundTrip() throws {
        var random = SeededRandom()
        for count in [0, 1, 15, 16, 17, 1000, 70_000] {
            let content = ByteString(random.bytes(count: count))
            let sealed = try Sealed(content, under: secret, for: purpose)
            #expect(sealed.bytes.count == count + 49)
            let stored = try #require(Sealed(stored: sealed.bytes))
            #expect(try stored.opened(with: secret, for: purpose) == content, "\(random)")
        }
        let text: ByteString = "a token that nobody may read"
        #expect(!hex(try Sealed(text, under: secret, for: purpose).bytes).contains(hex(text)))
    }

    @Test("the same content sealed twice is two different rows of bytes")
    func fresh() throws {
        let one = try Sealed("x", under: secret, for: purpose)
        let other = try Sealed("x", under: secret, for: purpose)
        #expect(one.bytes != other.bytes)
    }

    @Test("another secret and another purpose open nothing")
    func foreign() throws {
        let sealed = try Sealed("x", under: secret, for: purpose)
        #expect(try sealed.opened(with: .random(), for: purpose) == nil)
        #expect(try sealed.opened(with: secret, for: "key-2") == nil)
        #expect(try sealed.opened(with: secret, for: "") == nil)
    }

    @Test("a single bit that is not as it was opens nothing")
    func everyBit() throws {
        let sealed = try Sealed("sealed", under: secret, for: purpose).bytes.array
        for bit in 0..<(sealed.count * 8) {
            var changed = sealed
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let opened = try Sealed(stored: ByteString(changed))?.opened(with: secret, for: purpose)
            #expect(opened == nil, "bit \(bit)")
        }
    }

    @Test("bytes that cannot have been sealed here are told apart without a key")
    func shape() throws {
        let sealed = try Sealed("", under: secret, for: purpose).bytes
        #expect(Sealed(stored: sealed) != nil)
        #expect(Sealed(stored: sealed.slice(from: 0, count: sealed.count - 1)) == nil)
        #expect(Sealed(stored: ByteString()) == nil)
        #expect(Sealed(stored: ByteString([2] + sealed.array.dropFirst())) == nil)
    }
}
