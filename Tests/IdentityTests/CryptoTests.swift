import Bytes
import Identity
import Seeding
import Testing

@Suite("Digests, derived keys and comparison")
struct CryptoTests {
    @Test(
        "SHA-256 gives what FIPS 180 gives",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func sha256(_ text: String, _ expected: String) {
        #expect(hex(Digest.sha256(ByteString(text))) == expected)
        #expect(Digest.sha256(ByteString(text)).count == Digest.sha256Bytes)
    }

    @Test("HKDF gives what RFC 5869 appendix A.1 gives")
    func usual() throws {
        let derived = try KeyDerivation.derive(
            42, from: ByteString([UInt8](repeating: 0x0b, count: 22)),
            salt: bytes(hex: "000102030405060708090a0b0c"), info: bytes(hex: "f0f1f2f3f4f5f6f7f8f9")
        )
        #expect(
            hex(derived)
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        )
    }

    @Test("HKDF gives what RFC 5869 appendix A.2 gives, with long inputs")
    func long() throws {
        let derived = try KeyDerivation.derive(
            82, from: ByteString((0x00...0x4f).map { UInt8($0) }),
            salt: ByteString((0x60...0xaf).map { UInt8($0) }),
            info: ByteString((0xb0...0xff).map { UInt8($0) }))
        #expect(
            derived
                == bytes(
                    hex: """
                        b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
                        59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
                        cc30c58179ec3e87c14c01d5c1f3434f1d87
                        """))
    }

    @Test("HKDF gives what RFC 5869 appendix A.3 gives, without salt and info")
    func bare() throws {
        let derived = try KeyDerivation.derive(
            42, from: ByteString([UInt8](repeating: 0x0b, count: 22)), salt: ByteString(),
            info: ByteString())
        #expect(
            hex(derived)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        )
    }

    @Test("only the same bytes are equal, wherever they differ")
    func comparison() {
        var random = SeededRandom()
        #expect(FixedTime.equal(ByteString(), ByteString()))
        for count in 1..<70 {
            let bytes = random.bytes(count: count)
            #expect(FixedTime.equal(ByteString(bytes), ByteString(bytes)), "\(random)")
            var other = bytes
            other[Int.random(in: 0..<count, using: &random)] ^= 1 << UInt8.random(in: 0..<8)
            #expect(!FixedTime.equal(ByteString(bytes), ByteString(other)), "\(random)")
            #expect(!FixedTime.equal(ByteString(bytes), ByteString(Array(bytes.dropLast()))))
        }
    }
}
