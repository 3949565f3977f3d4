import Bytes
import Identity
import Testing

@Suite("Opaque tokens")
struct OpaqueTokenTests {
    @Test("a new token says what it is for, in 46 letters", arguments: OpaqueToken.Kind.allCases)
    func random(kind: OpaqueToken.Kind) throws {
        let token = try OpaqueToken.random(kind)
        #expect(token.text.hasPrefix("\(kind.rawValue)_") && token.text.utf8.count == 46)
        let read = try #require(OpaqueToken(token.text))
        #expect(read.kind == kind && read.text == token.text && read.digest == token.digest)
    }

    @Test("no two tokens are the same, and none is printed")
    func distinct() throws {
        let tokens = try (0..<100).map { _ in try OpaqueToken.random(.refresh) }
        #expect(Set(tokens.map(\.text)).count == 100 && Set(tokens.map(\.digest)).count == 100)
        #expect("\(tokens[0])" == "(refresh token)")
    }

    @Test("what is stored is the SHA-256 of the whole text")
    func digest() throws {
        let token = try OpaqueToken.random(.personal)
        #expect(token.digest == Digest.sha256(ByteString(token.text)))
        #expect(token.digest.count == 32)
    }

    private static let letters = String(repeating: "A", count: 43)

    private static let impossible: [String] = {
        let short = letters.dropLast()
        let tails = [
            "", "\(short)", "\(letters)A", "\(short)=", "\(short)B", "\(short)+", "\(letters)\n",
            "_\(short.dropLast())Aé",
        ]
        let heads = ["", "fr", "fx_", "FR_", "fr-", " fr_", "fr_ "]
        return tails.map { "fr_\($0)" } + heads.map { "\($0)\(letters)" } + ["", "fr"]
    }()

    @Test("what can be no token is told apart at once", arguments: impossible)
    func shape(_ text: String) {
        #expect(OpaqueToken(text) == nil)
        #expect(OpaqueToken("fr_" + Self.letters) != nil)
    }
}
