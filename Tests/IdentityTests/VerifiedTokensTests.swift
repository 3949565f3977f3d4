import Bytes
import Identity
import Testing

@Suite("Verified tokens")
struct VerifiedTokensTests {
    private let issuer: Issuer
    private let now = Issuer.now

    init() throws { issuer = try Issuer() }

    private func tokens(_ count: Int) throws -> [ByteString] {
        try (0..<count).map { _ in ByteString(try issuer.token()) }
    }

    @Test("a token is verified once, and says the same each time")
    func once() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        let claims = try issuer.verifier.verify(token, nowSeconds: now)
        for _ in 0..<100 { #expect(try cache.claims(of: token, nowSeconds: now) == claims) }
        #expect(cache.verificationCount == 1 && cache.count == 1)
    }

    @Test("its age is looked at each time")
    func age() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        _ = try cache.claims(of: token, nowSeconds: now)
        _ = try cache.claims(of: token, nowSeconds: now + 629)
        #expect(throws: TokenFault.expired) { try cache.claims(of: token, nowSeconds: now + 630) }
        #expect(throws: TokenFault.notYetValid) {
            try cache.claims(of: token, nowSeconds: now - 31)
        }
        #expect(cache.verificationCount == 1)
    }

    @Test("a token that is refused is not remembered, and is refused again")
    func refused() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let foreign = ByteString(try Issuer().token())
        let late = try tokens(1)[0]
        for _ in 0..<3 {
            #expect(throws: TokenFault.self) { try cache.claims(of: foreign, nowSeconds: now) }
            #expect(throws: TokenFault.expired) {
                try cache.claims(of: late, nowSeconds: now + 1000)
            }
        }
        #expect(cache.count == 0 && cache.verificationCount == 6)
    }

    @Test("one byte beside a remembered token is another token")
    func neighbours() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        _ = try cache.claims(of: token, nowSeconds: now)
        for place in 0..<token.count {
            var changed = token.array
            changed[place] ^= 1
            #expect(throws: TokenFault.self, "byte \(place)") {
                try cache.claims(of: ByteString(changed), nowSeconds: now)
            }
        }
        let cut = token.slice(from: 0, count: token.count - 1)
        #expect(throws: TokenFault.self) { try cache.claims(of: cut, nowSeconds: now) }
    }

    @Test("a remembered token does not keep the bytes alive in which it came")
    func copied() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        let head = ByteString(Array("authorization: bearer ".utf8) + token.array + [13, 10])
        _ = try cache.claims(of: head.slice(from: 22, count: token.count), nowSeconds: now)
        _ = try cache.claims(of: token, nowSeconds: now)
        #expect(cache.verificationCount == 1)
    }

    @Test("when a key disappears, what it signed is refused at once")
    func keyGone() throws {
        let other = try Issuer()
        let both = KeySet([issuer.key.verifyingKey, other.key.verifyingKey])
        let cache = VerifiedTokens(issuer.verifier.with(both))
        let token = try tokens(1)[0]
        _ = try cache.claims(of: token, nowSeconds: now)
        cache.use(other.keySet)
        #expect(throws: TokenFault.unknownKey(issuer.key.keyID)) {
            try cache.claims(of: token, nowSeconds: now)
        }
        cache.use(both)
        _ = try cache.claims(of: token, nowSeconds: now)
        #expect(cache.verificationCount == 3)
    }

    @Test("when other bytes take over a key's name, what the old ones signed is refused")
    func keyReplaced() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        _ = try cache.claims(of: token, nowSeconds: now)
        let usurper = try #require(
            VerifyingKey(keyID: issuer.key.keyID, bytes: Issuer().key.verifyingKey.bytes))
        cache.use(KeySet([usurper]))
        #expect(throws: TokenFault.signature) { try cache.claims(of: token, nowSeconds: now) }
    }

    @Test("a key that is added costs nobody anything")
    func keyAdded() throws {
        let cache = VerifiedTokens(issuer.verifier)
        let token = try tokens(1)[0]
        _ = try cache.claims(of: token, nowSeconds: now)
        let other = try Issuer()
        cache.use(KeySet([issuer.key.verifyingKey, other.key.verifyingKey]))
        _ = try cache.claims(of: token, nowSeconds: now)
        #expect(cache.verificationCount == 1)
        _ = try cache.claims(of: ByteString(other.token()), nowSeconds: now)
        #expect(cache.verificationCount == 2)
    }

    @Test("it holds no more than it was told, and every token is still right")
    func bounded() throws {
        let cache = VerifiedTokens(issuer.verifier, tokensMax: 64)
        let tokens = try tokens(400)
        for token in tokens {
            #expect(try cache.claims(of: token, nowSeconds: now).subject == 4)
            #expect(cache.count <= 64)
        }
        for token in tokens { _ = try cache.claims(of: token, nowSeconds: now) }
        #expect(cache.count <= 64)
    }

    @Test("a token in use stays, however many others pass by")
    func inUse() throws {
        let cache = VerifiedTokens(issuer.verifier, tokensMax: 256)
        let hot = try tokens(1)[0]
        for token in try tokens(600) {
            _ = try cache.claims(of: token, nowSeconds: now)
            _ = try cache.claims(of: hot, nowSeconds: now)
        }
        #expect(cache.verificationCount == 601)
    }

    @Test("many threads ask while keys come and go, and nobody gets a wrong answer")
    func crowd() async throws {
        let other = try Issuer()
        let both = KeySet([issuer.key.verifyingKey, other.key.verifyingKey])
        let cache = VerifiedTokens(issuer.verifier.with(both), tokensMax: 64)
        let tokens = try tokens(30)
        let now = now
        let isRight = await withTaskGroup(of: Bool.self) { group in
            for offset in 0..<4 {
                group.addTask {
                    (0..<300).allSatisfy { step in
                        let token = tokens[(step * 7 + offset) % tokens.count]
                        let claims = try? cache.claims(of: token, nowSeconds: now)
                        return claims?.subject == 4
                    }
                }
            }
            group.addTask {
                for step in 0..<40 { cache.use(step % 2 == 0 ? issuer.keySet : both) }
                return true
            }
            return await group.allSatisfy { $0 }
        }
        #expect(isRight)
        #expect(cache.count <= 64)
    }

    @Test("the usual limit is the documented one")
    func limit() { #expect(IdentityLimits.verifiedTokensMax == 8192) }
}
