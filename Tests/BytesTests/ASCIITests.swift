import Bytes
import Testing

@Suite("ASCII")
struct ASCIITests {
    private let all = (0...255).map { UInt8($0) }

    @Test("tokens are made of the characters that RFC 9110 lists")
    func tokens() {
        let listed = Set(
            "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        #expect(all.allSatisfy { ASCII.isToken($0) == listed.contains($0) })
    }

    @Test("digits, letters and their cases are told apart for every byte")
    func classes() {
        for byte in all {
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 128
            #expect(ASCII.isDigit(byte) == (isPlain && character.isNumber))
            #expect(ASCII.isLetter(byte) == (isPlain && character.isLetter))
            let lowercase = isPlain ? character.lowercased().utf8.first! : byte
            #expect(ASCII.lowercased(byte) == lowercase)
        }
    }

    @Test("hexadecimal digits have their value in either case")
    func hexadecimal() {
        for byte in all {
            let character = Character(UnicodeScalar(byte))
            let value = byte < 128 ? character.hexDigitValue.map { UInt8($0) } : nil
            #expect(ASCII.hexValue(byte) == value)
        }
        #expect((0..<16).map { ASCII.hexDigit($0) } == Array("0123456789abcdef".utf8))
    }

    @Test("comparison without case is for letters alone")
    func equalsWithoutCase() {
        func equals(_ text: String) -> Bool {
            Array(text.utf8).withUnsafeBytes { ASCII.equals($0, lowercase: "keep-alive") }
        }
        #expect(equals("Keep-Alive") && equals("keep-alive"))
        #expect(!equals("keep-aliv") && !equals("keep-alives") && !equals("keep\ralive"))
        #expect(!equals(""))
    }
}
