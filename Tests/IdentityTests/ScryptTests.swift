import Bytes
import Identity
import Testing

@Suite("Scrypt")
struct ScryptTests {
    private func derive(
        _ password: ByteString, _ salt: ByteString, _ logN: Int, _ blockSize: Int,
        _ parallelism: Int
    ) throws -> ByteString {
        let parameters = try #require(
            ScryptParameters(logN: logN, blockSize: blockSize, parallelism: parallelism))
        return try parameters.derive(64, from: password, salt: salt)
    }

    @Test("gives what RFC 7914 §12 gives for empty texts")
    func empty() throws {
        #expect(
            try derive("", "", 4, 1, 1)
                == bytes(
                    hex: """
                        77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
                        fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
                        """))
    }

    @Test("gives what RFC 7914 §12 gives for sixteen lanes")
    func lanes() throws {
        #expect(
            try derive("password", "NaCl", 10, 8, 16)
                == bytes(
                    hex: """
                        fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
                        2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
                        """))
    }

    @Test("gives what RFC 7914 §12 gives for sixteen megabytes")
    func memory() throws {
        #expect(
            try derive("pleaseletmein", "SodiumChloride", 14, 8, 1)
                == bytes(
                    hex: """
                        7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
                        d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
                        """))
    }

    @Test("the standard is what the contract says: N 2^14, r 8, p 5, in 16 MiB")
    func standard() {
        let standard = ScryptParameters.standard
        #expect(ScryptParameters(logN: 14, blockSize: 8, parallelism: 5) == standard)
        #expect((16 << 20..<17 << 20).contains(standard.memoryBytes))
    }

    @Test(
        "costs beyond the limits do not exist",
        arguments: [
            (0, 8, 1), (21, 1, 1), (17, 8, 1), (20, 8, 1), (14, 8, 64), (14, 0, 1), (14, 8, 0),
            (14, 65, 1), (1, 1, 65), (-1, 8, 5), (Int.max, 8, 5), (14, Int.max, Int.max),
        ])
    func limits(logN: Int, blockSize: Int, parallelism: Int) {
        #expect(
            ScryptParameters(logN: logN, blockSize: blockSize, parallelism: parallelism) == nil)
    }
}
