import Identity
import Testing

@Suite("Passwords")
struct PasswordTests {
    private func fault(_ text: String) -> PasswordFault? {
        do throws(PasswordFault) {
            _ = try Password(choosing: text)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "a good password can be chosen, whatever it is written in",
        arguments: [
            "correct horse battery staple", "hqZ7 vmp-2x", "Жили-были дед и баба",
            "空と海と山と川と森と星", "ñandú añejo güero", "🐢🐇🦔🐿🦉🐝🐌🦋🐞🐜", "  pad of spaces  ",
            "dolphins sing at 7",
            "x" + String(repeating: "ab1", count: 40) + "q", "Tr0ub4dor&3 plus",
        ])
    func good(_ text: String) { #expect(fault(text) == nil) }

    @Test("ten characters to 256, counted in the normal form")
    func length() {
        #expect(fault("hq7vmp2xk") == .tooShort)
        #expect(fault("hq7vmp2xkz") == nil)
        #expect(fault("") == .tooShort)
        let long = String(repeating: "hq7vmp2xkz-3wnf", count: 18)
        #expect(fault(String(long.prefix(256))) == nil)
        #expect(fault(String(long.prefix(257))) == .tooLong)
        #expect(fault(String(repeating: "hq7vmp2xkz", count: 500)) == .tooLong)
        // Eleven letters, nine of them written as two: twenty scalars, eleven characters.
        #expect(fault("éèêëáàâäíxq".decomposed) == nil)
        #expect(fault("éèêëáàâäí".decomposed) == .tooShort)
    }

    @Test("control characters cannot be part of it", arguments: ["\0", "\n", "\u{7f}", "\u{85}"])
    func controls(_ control: String) {
        #expect(fault("hq7vmp" + control + "2xkzw") == .controlCharacter)
    }

    @Test(
        "the common ones cannot be chosen",
        arguments: [
            "aaaaaaaaaa", "0000000000", "abcabcabcabc", "1212121212", "hello!hello!", "1234567890",
            "0987654321", "12345678910", "abcdefghij", "qwertyuiop", "QWERTYUIOP", "poiuytrewq",
            "asdfghjkl;asdfghjkl;", "qwerty123456", "abc123abc123", "1q2w3e4r5t6y", "1qaz2wsx3edc",
            "zaq1xsw2cde3", "aaaaabbbbb", "111222333444", "password123", "Password1234",
            "P@ssw0rd2024!", "!!password!!", "passwordpassword", "letmein1234", "Welcome2026!",
            "iloveyou_forever", "football2024", "sunshine99!", "adminpassword", "princess123",
            "liverpool1", "12345liverpool", "qwertzuiop", "azertyuiop", "changeme!!",
            "!@#$%^&*()", "superman batman",
        ])
    func common(_ text: String) { #expect(fault(text) == .common, "\(text)") }

    @Test("two spellings of one text are one password")
    func normal() throws {
        for text in ["mañana por la tarde", "Ångström units", "tiếng Việt hay", "아침마다 산에 오르는 사람"] {
            let hash = try PasswordHash(Password(choosing: text), cheap)
            #expect(try hash.matches(password(text.decomposed)), "\(text)")
            #expect(try hash.matches(password(text)), "\(text)")
        }
    }

    @Test("marks in another order and letters with a second code point are the same too")
    func equivalents() throws {
        // UAX #15, the figures of §1.2: reordered marks, singletons, Hangul.
        for (one, other) in [
            ("q\u{307}\u{323} and more", "q\u{323}\u{307} and more"),
            ("\u{212b} is a letter", "\u{c5} is a letter"),
            ("\u{2126} is a letter", "\u{3a9} is a letter"),
            ("\u{1e0b}\u{323} is a letter", "\u{1e0d}\u{307} is a letter"),
            ("\u{ac00} is a letter", "\u{1100}\u{1161} is a letter"),
        ] {
            let hash = try PasswordHash(Password(choosing: one), cheap)
            #expect(try hash.matches(password(other)), "\(one)")
        }
    }

    @Test("what only looks alike is another password")
    func compatibility() throws {
        let hash = try PasswordHash(Password(choosing: "file of mine 7"), cheap)
        #expect(try !hash.matches(password("\u{fb01}le of mine 7")))
        #expect(try !hash.matches(password("\u{ff46}ile of mine 7")))
    }

    @Test("who enters a password is not held to the rules of today, only to what any rule allowed")
    func entered() {
        #expect(Password(entered: "short") != nil)
        #expect(Password(entered: "password123") != nil)
        #expect(Password(entered: String(repeating: "x", count: 4096)) != nil)
        #expect(Password(entered: String(repeating: "x", count: 4097)) == nil)
    }

    @Test("a password is never printed")
    func masked() throws {
        #expect("\(try Password(choosing: "correct horse battery"))" == "(password)")
    }

    @Test("every refusal has a slug and one line for a person")
    func words() {
        #expect(PasswordFault.tooShort.code == "too-short")
        #expect("\(PasswordFault.tooShort)" == "at least 10 characters")
        #expect("\(PasswordFault.tooLong)" == "at most 256 characters")
    }
}
