import Bytes
import Identity
import Testing

@Suite("Ed25519 keys")
struct KeyTests {
    /// RFC 8037 appendix A.
    private static let seed = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
    private static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    private static let signed = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    private static let signature =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"

    private func example() throws -> SigningKey {
        try SigningKey(
            seed: #require(Base64URL.decode(Self.seed)), signsFromSeconds: Issuer.now)
    }

    @Test("the example key of RFC 8037 has the example's public half and makes its signature")
    func signs() throws {
        let key = try example()
        #expect(Base64URL.encode(key.verifyingKey.bytes) == Self.x)
        #expect(Base64URL.encode(try key.sign(ByteString(Self.signed))) == Self.signature)
    }

    @Test("the public half alone verifies the example's signature, and nothing else")
    func verifies() throws {
        let bytes = try #require(Base64URL.decode(Self.x))
        let key = try #require(VerifyingKey(keyID: "example", bytes: bytes))
        let signature = try #require(Base64URL.decode(Self.signature))
        #expect(key.verifies(signature, of: ByteString(Self.signed)))
        #expect(!key.verifies(signature, of: ByteString(Self.signed + "A")))
        #expect(!key.verifies(signature, of: ByteString()))
        for bit in 0..<512 {
            var changed = signature.array
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.verifies(ByteString(changed), of: ByteString(Self.signed)), "bit \(bit)")
        }
    }

    @Test("RFC 8032 §7.1, test 1: the signature of nothing")
    func empty() throws {
        let key = try SigningKey(
            seed: bytes(hex: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
            signsFromSeconds: 0)
        #expect(
            try key.sign(ByteString())
                == bytes(
                    hex: """
                        e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155
                        5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b
                        """))
    }

    @Test("a key is called by the day it begins on and its fingerprint, and never printed")
    func named() throws {
        let key = try example()
        let fingerprint = hex(Digest.sha256(key.verifyingKey.bytes)).prefix(8)
        #expect(key.keyID == "2026-11-26-\(fingerprint)")
        #expect("\(key)" == "(private key \(key.keyID))")
        let others = try (0..<20).map { _ in
            try SigningKey.random(signsFromSeconds: Issuer.now).keyID
        }
        #expect(Set(others + [key.keyID]).count == 21)
    }

    @Test("a public key has 32 bytes and a name that can stand in a log line")
    func refused() throws {
        let bytes = try example().verifyingKey.bytes
        #expect(VerifyingKey(keyID: "A-z_0.9", bytes: bytes) != nil)
        for name in ["", "a b", "a\n", "a/b", "é", "a\0", String(repeating: "a", count: 65)] {
            #expect(VerifyingKey(keyID: name, bytes: bytes) == nil, "\(name)")
        }
        #expect(VerifyingKey(keyID: "a", bytes: bytes.slice(from: 0, count: 31)) == nil)
        #expect(VerifyingKey(keyID: "a", bytes: ByteString(bytes.array + [0])) == nil)
        #expect(VerifyingKey(keyID: "a", bytes: ByteString()) == nil)
    }

    @Test("many threads may use one key at once")
    func shared() async throws {
        let key = try example()
        let good = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let message = ByteString("message \(number)")
                    guard let signature = try? key.sign(message) else { return false }
                    return key.verifyingKey.verifies(signature, of: message)
                }
            }
            return await group.allSatisfy { $0 }
        }
        #expect(good)
    }
}
