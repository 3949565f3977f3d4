import Bytes
import Identity
import Testing

/// Parameters that cost next to nothing.
let cheap = ScryptParameters(logN: 4, blockSize: 1, parallelism: 1)!

func password(_ text: String) throws -> Password { try #require(Password(entered: text)) }

@Suite("Password hashes")
struct PasswordHashTests {
    @Test("a hash knows its password and no other")
    func matches() throws {
        let hash = try PasswordHash(password("correct horse"), cheap)
        #expect(try hash.matches(password("correct horse")))
        for other in ["correct horsf", "correct hors", "correct horse ", "Correct horse", ""] {
            #expect(try !hash.matches(password(other)))
        }
    }

    @Test("two hashes of one password differ")
    func salted() throws {
        let one = try PasswordHash(password("correct horse"), cheap)
        let other = try PasswordHash(password("correct horse"), cheap)
        #expect(one != other && one.text != other.text)
    }

    @Test("the stored form reads as the contract says and comes back the same")
    func stored() throws {
        let hash = try PasswordHash(password("correct horse"), cheap)
        let parts = hash.text.split(separator: "$", omittingEmptySubsequences: false)
        #expect(parts.count == 5 && parts[..<3] == ["", "scrypt", "ln=4,r=1,p=1"])
        #expect(parts[3].utf8.count == 22 && parts[4].utf8.count == 43)
        #expect(PasswordHash(parsing: hash.text) == hash)
        #expect(!"\(hash)".contains(parts[4]))
    }

    @Test("a hash that another program made with the standard costs is understood")
    func foreign() throws {
        let text =
            "$scrypt$ln=14,r=8,p=5$AAECAwQFBgcICQoLDA0ODw$1R9aSMtre0xzBbvXRh8rJCrEi4UuO81fOKNB0L6vEmg"
        let hash = try #require(PasswordHash(parsing: text))
        #expect(hash.parameters == .standard)
        #expect(try hash.matches(password("correct horse battery")))
        #expect(try !hash.matches(password("correct horse batterz")))
    }

    private static let salt = "AAECAwQFBgcICQoLDA0ODw"
    private static let hash = String(repeating: "A", count: 43)

    @Test(
        "only one spelling of a stored form is read",
        arguments: [
            "", "$", "$$$$", "$scrypt$ln=4,r=1,p=1$\(salt)", "scrypt$ln=4,r=1,p=1$\(salt)$\(hash)",
            "$scrypt$ln=4,r=1,p=1$\(salt)$\(hash)$", "$scrypt$ln=04,r=1,p=1$\(salt)$\(hash)",
            "$scrypt$r=1,ln=4,p=1$\(salt)$\(hash)", "$scrypt$ln=4,r=1$\(salt)$\(hash)",
            "$scrypt$ln=4,r=1,p=1,x=1$\(salt)$\(hash)", "$scrypt$ln=4, r=1,p=1$\(salt)$\(hash)",
            "$scrypt$n=4,r=1,p=1$\(salt)$\(hash)", "$scrypt$ln=+4,r=1,p=1$\(salt)$\(hash)",
            "$scrypt$ln=-4,r=1,p=1$\(salt)$\(hash)", "$scrypt$ln=4,r=1,p=1$\(salt)==$\(hash)=",
            "$scrypt$ln=4,r=1,p=1$\(salt.dropLast())$\(hash)",
            "$scrypt$ln=4,r=1,p=1$\(salt)$\(hash.dropLast())",
            "$scrypt$ln=4,r=1,p=1$\(salt)$\(hash.dropLast())-",
            "$scrypt$ln=4,r=1,p=1$\(salt)$\(hash.dropLast())B",
            "$Scrypt$ln=4,r=1,p=1$\(salt)$\(hash)", "$scrypt$ln=4,r=1,p=1$\(salt)$\(hash)\n",
            "$2b$12$\(salt)$\(hash)", "$argon2id$v=19$m=19456,t=2,p=1$\(salt)$\(hash)",
        ])
    func spelling(_ text: String) {
        #expect(PasswordHash(parsing: text) == nil)
        #expect(PasswordHash(parsing: "$scrypt$ln=4,r=1,p=1$\(Self.salt)$\(Self.hash)") != nil)
    }

    @Test(
        "a stored form cannot ask for gigabytes or for hours",
        arguments: [
            "ln=30,r=8,p=1", "ln=20,r=8,p=1", "ln=17,r=8,p=1", "ln=14,r=8,p=64", "ln=10,r=64,p=65",
            "ln=99999999999999999999,r=1,p=1", "ln=9223372036854775807,r=1,p=1",
            "ln=4,r=9223372036854775807,p=9223372036854775807",
        ])
    func bounded(_ costs: String) {
        #expect(PasswordHash(parsing: "$scrypt$\(costs)$\(Self.salt)$\(Self.hash)") == nil)
    }

    @Test("a hash is renewed when a guess has to cost more, in memory or in time, and not for less")
    func rehash() throws {
        let parameters = { try #require(ScryptParameters(logN: $0, blockSize: 2, parallelism: $1)) }
        let hash = try PasswordHash(password("correct horse"), parameters(6, 2))
        #expect(try !hash.needsRehash(under: parameters(6, 2)))
        #expect(try hash.needsRehash(under: parameters(7, 2)))
        #expect(try hash.needsRehash(under: parameters(6, 3)))
        #expect(try hash.needsRehash(under: parameters(7, 1)), "as much time, more memory")
        #expect(try !hash.needsRehash(under: parameters(5, 2)))
        #expect(try !hash.needsRehash(under: parameters(5, 4)), "as much time, less memory")
        #expect(hash.needsRehash())
    }

    @Test("nobody's hash costs the same and has no password")
    func nobody() throws {
        let nobody = PasswordHash.nobody(cheap)
        #expect(nobody.parameters == cheap && PasswordHash.nobody().parameters == .standard)
        for text in ["", "correct horse", "\0\0\0\0"] {
            #expect(try !nobody.matches(password(text)))
        }
    }
}
