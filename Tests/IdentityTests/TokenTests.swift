import Bytes
import Identity
import JSON
import Testing

@Suite("Access tokens")
struct TokenTests {
    private let issuer: Issuer

    init() throws { issuer = try Issuer() }

    @Test(
        "a token says what was granted, from now for ten minutes",
        arguments: SignatureAlgorithm.allCases)
    func roundTrip(_ algorithm: SignatureAlgorithm) throws {
        let issuer = try Issuer(algorithm)
        let token = ByteString(try issuer.token())
        let claims = try issuer.verifier.verify(token, nowSeconds: Issuer.now)
        #expect(claims.issuer == Issuer.name && claims.audience == Issuer.audience)
        #expect(claims.subject == 4 && claims.session == "s_9" && claims.version == 7)
        #expect(claims.roles == ["member", "moderator"])
        #expect(claims.scopes == ["posts:write", "threads:read"])
        #expect(claims.issuedAtSeconds == Issuer.now && claims.notBeforeSeconds == Issuer.now)
        #expect(claims.expiresAtSeconds == Issuer.now + 600)
    }

    @Test("header and payload are written as the contract says")
    func written() throws {
        let parts = try issuer.token().split(separator: ".").compactMap { Base64URL.decode($0) }
        #expect(parts.count == 3 && parts[0].text == issuer.header)
        guard case .object(let payload) = try JSONValue.parse(parts[1]) else {
            Issue.record("the payload is no object")
            return
        }
        #expect(
            payload.members.map(\.name) == [
                "iss", "aud", "sub", "sid", "ver", "roles", "scope", "iat", "nbf", "exp", "jti",
            ])
        #expect(payload["sub"] == .string("4") && payload["ver"] == .integer(7))
        #expect(payload["scope"] == .string("posts:write threads:read"))
    }

    @Test("without scopes there is no scope, and no role is an empty list")
    func unlimited() throws {
        let grant = TokenGrant(subject: 1 << 53, session: "s_1", version: 0, roles: [])
        let token = try issuer.signer.sign(grant, with: issuer.ring, nowSeconds: Issuer.now)
        let payload = try #require(Base64URL.decode(token.split(separator: ".")[1]))
        #expect(!payload.text.contains("scope") && payload.text.contains(#""roles":[]"#))
        let claims = try issuer.verifier.verify(ByteString(token), nowSeconds: Issuer.now)
        #expect(claims.subject == 1 << 53 && claims.scopes == [] && claims.roles == [])
    }

    @Test("no two tokens have the same name")
    func named() throws {
        let names = try (0..<50).map { _ in
            try issuer.verifier.verify(ByteString(issuer.token()), nowSeconds: Issuer.now).tokenID
        }
        #expect(Set(names).count == 50)
    }

    @Test("a token lives from half a minute before its time to half a minute after its end")
    func life() throws {
        let token = try issuer.token()
        #expect(issuer.fault(token, at: Issuer.now - 31) == .notYetValid)
        #expect(issuer.fault(token, at: Issuer.now - 30) == nil)
        #expect(issuer.fault(token, at: Issuer.now + 629) == nil)
        #expect(issuer.fault(token, at: Issuer.now + 630) == .expired)
        #expect(issuer.fault(token, at: Int64.max) == .expired)
        #expect(issuer.fault(token, at: Int64.min) == .notYetValid)
    }

    @Test("that a token has expired is said only of one that was good")
    func expiredLast() throws {
        let late = Issuer.now + 100_000
        #expect(issuer.fault(try issuer.token(), at: late) == .expired)
        #expect(try Issuer().fault(issuer.token(), at: late) == .unknownKey(issuer.key.keyID))
        let other = TokenVerifier(
            keys: issuer.keySet, issuer: Issuer.name, audience: "somebody else")
        #expect(throws: TokenFault.audience) {
            try other.verify(ByteString(issuer.token()), nowSeconds: late)
        }
    }

    @Test("both spellings of the type are accepted, and claims nobody knows are ignored")
    func tolerant() throws {
        let header = #"{"kid":"\#(issuer.key.keyID)","typ":"application/at+jwt","alg":"Ed25519"}"#
        let token = try issuer.token(header: header, payload: Issuer.payload("new", "[1,2]"))
        #expect(issuer.fault(token) == nil)
    }

    @Test("a key of the set verifies, whichever it is")
    func severalKeys() throws {
        let others = try (0..<3).map { _ in try Issuer() }
        let keys = KeySet((others + [issuer]).map { $0.key.verifyingKey })
        for one in others + [issuer] {
            let claims = try issuer.verifier.with(keys).verify(
                ByteString(one.token()), nowSeconds: Issuer.now)
            #expect(claims.subject == 4)
        }
    }

    @Test("every fault has one line, and none repeats more than a few letters of the token")
    func described() {
        let long = String(repeating: #"\u001b[31m"#, count: 200)
        let header = #"{"alg":"EdDSA","\#(String(repeating: "é", count: 200))":1}"#
        let other = #"{"alg":"\#(long)"}"#
        for token in ["x", "\(encoded(header)).e30.AA", "\(encoded(other)).e30.AA"] {
            let text = "\(issuer.fault(token) ?? .malformed)"
            #expect(!text.isEmpty && text.utf8.count < 150)
            #expect(text.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(text)")
        }
    }
}
