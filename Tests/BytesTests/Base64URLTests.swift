import Bytes
import Seeding
import Testing

@Suite("Base64url")
struct Base64URLTests {
    @Test(
        "spells what RFC 4648 spells, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ text: String, _ spelled: String) {
        #expect(Base64URL.encode(ByteString(text)) == spelled)
        #expect(Base64URL.decode(spelled) == ByteString(text))
    }

    @Test("uses the two letters that are safe in a URL")
    func alphabet() {
        let bytes = ByteString([0xfb, 0xff, 0xbf])
        #expect(Base64URL.encode(bytes) == "-_-_")
    }

    @Test(
        "every value has one spelling",
        arguments: ["Zg==", "Zh", "Zm9", "Z", "Zm+v", "Zm/v", "Z g", "é"])
    func others(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
        #expect(Base64URL.decode(ByteString(text)) == nil)
    }

    @Test("what was encoded comes back, of any length")
    func anyBytes() {
        var random = SeededRandom()
        for count in 0..<200 {
            let bytes = ByteString(random.bytes(count: count))
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes, "\(random)")
            #expect(Base64URL.decode(ByteString(text)) == bytes, "\(random)")
        }
    }
}
