import Bytes
import Fixture
import HTTP
import Identity
import Records
import Routing
import Synchronization
import Testing

@Suite("Callers by their tokens")
struct TokenAuthenticatorTests {
    private static let now: Int64 = 1_795_651_200

    /// What is known of user 4 and of one API token.
    private struct Directory: AccountDirectory {
        var standing: Standing?
        var token: (digest: ByteString, card: APITokenCard)?
        var isBroken = false

        func standing(of user: Int64) throws -> Standing? {
            if isBroken { throw APIError(.overloaded, "busy") }
            return user == 4 ? standing : nil
        }

        func apiToken(_ digest: ByteString) throws -> APITokenCard? {
            token?.digest == digest ? token?.card : nil
        }
    }

    private let ring: KeyRing
    private let tokens: VerifiedTokens

    init() throws {
        ring = KeyRing([try .random(signsFromSeconds: Self.now)])
        tokens = VerifiedTokens(
            TokenVerifier(
                keys: ring.published(nowSeconds: Self.now), issuer: "forum", audience: "forum"))
    }

    private func token(_ version: Int64 = 3, ring: KeyRing? = nil) throws -> String {
        let grant = TokenGrant(
            subject: 4, session: "s_9", version: version, roles: ["later", "moderator", "member"])
        return try TokenSigner(issuer: "forum", audience: "forum")
            .sign(grant, with: ring ?? self.ring, nowSeconds: Self.now)
    }

    private func standing(
        _ role: Role = .member, state: AccountState = .active, ban: Ban? = nil
    ) -> Standing {
        Standing(sessionVersion: 3, state: state, role: role, ban: ban, joinedAtMilliseconds: 5)
    }

    private func caller(
        _ token: String, _ directory: Directory, at seconds: Int64 = now,
        unknownKey: @escaping @Sendable () -> Void = {}
    ) throws(APIError) -> Caller? {
        let authenticator = TokenAuthenticator(tokens, directory, unknownKey: unknownKey)
        return try authenticator.caller(head("Bearer \(token)"), nowMilliseconds: seconds * 1000)
    }

    private func head(_ authorization: String) -> RequestHead {
        var scanned = 0
        let text = "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: \(authorization)\r\n\r\n"
        let head = try? ByteString(text).withBytes { bytes in
            try RequestParser.parse(
                bytes, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        guard let head else { preconditionFailure("the head is whole") }
        return head
    }

    private func code(_ body: () throws -> Caller?) -> APIErrorCode? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? APIError)?.code
        }
    }

    @Test("an unknown account is as its token says, a known one as the directory says")
    func standings() throws {
        let unknown = try #require(try caller(token(), Directory()))
        #expect(unknown.user == 4 && unknown.role == .moderator && unknown.session == "s_9")
        #expect(unknown.scopes == nil && unknown.ban == nil)
        let ban = Ban(.write)
        let known = try #require(
            try caller(token(), Directory(standing: standing(.member, ban: ban))))
        #expect(known.role == .member && known.ban == ban)
        #expect(known.joinedAtMilliseconds == 5)
    }

    @Test("a token older than the account's session version is refused, a newer one believed")
    func versions() throws {
        let directory = Directory(standing: standing())
        #expect(code { try caller(token(2), directory) } == .tokenExpired)
        #expect(code { try caller(token(3), directory) } == nil)
        #expect(code { try caller(token(4), directory) } == nil)
    }

    @Test("a deleted account opens nothing, whatever its token")
    func deleted() throws {
        let directory = Directory(standing: standing(state: .deleted))
        #expect(code { try caller(token(), directory) } == .unauthenticated)
    }

    @Test("an expired token is named, every other fault is one answer")
    func faults() throws {
        let good = try token()
        #expect(code { try caller(good, Directory(), at: Self.now + 700) } == .tokenExpired)
        for bad in ["x", good + "A", "fp_short", String(good.dropLast())] {
            #expect(code { try caller(bad, Directory()) } == .unauthenticated, "\(bad)")
        }
        #expect(code { try caller(good, Directory(isBroken: true)) } == .overloaded)
    }

    @Test("a token of another issuer's key wakes whoever fetches keys")
    func unknownKey() throws {
        let asked = Mutex(0)
        let foreign = KeyRing([try .random(signsFromSeconds: Self.now)])
        let token = try token(ring: foreign)
        let found = code {
            try caller(token, Directory(), unknownKey: { asked.withLock { $0 += 1 } })
        }
        #expect(found == .unauthenticated)
        #expect(asked.withLock { $0 } == 1)
    }

    @Test("an API token acts for its member within its scopes, until it ends or is revoked")
    func personal() throws {
        let token = try OpaqueToken.random(.personal)
        func directory(isRevoked: Bool = false) -> Directory {
            let card = APITokenCard(
                hash: Base64URL.encode(token.digest), version: 1, user: 4,
                scopes: ["posts:write"], expiresAtMilliseconds: (Self.now + 100) * 1000,
                isRevoked: isRevoked)
            return Directory(standing: standing(.moderator), token: (token.digest, card))
        }
        let found = try #require(try caller(token.text, directory()))
        #expect(found.user == 4 && found.role == .moderator && found.scopes == ["posts:write"])
        #expect(found.session == nil)
        let ended = code { try caller(token.text, directory(), at: Self.now + 100) }
        #expect(ended == .tokenExpired)
        #expect(
            code { try caller(token.text, directory(isRevoked: true)) } == .unauthenticated)
        let other = try OpaqueToken.random(.personal)
        #expect(code { try caller(other.text, directory()) } == .unauthenticated)
        let refresh = try OpaqueToken.random(.refresh)
        #expect(code { try caller(refresh.text, directory()) } == .unauthenticated)
    }

    @Test("another scheme names nobody")
    func otherScheme() throws {
        let authenticator = TokenAuthenticator(tokens, Directory())
        #expect(try authenticator.caller(head("Basic abc"), nowMilliseconds: 0) == nil)
    }
}
