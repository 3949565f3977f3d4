import Bytes
import Fixture
import HTTP
import Identity
import JSON
import Testing

/// What Identity refuses is refused at the door of a service, too, with nothing told.
@Suite("Forged tokens at a route")
struct TokenAttackTests {
    private let forum: AccountsForum
    private let tokens: Tokens

    init() async throws {
        forum = try AccountsForum()
        try await forum.register("alma")
        tokens = try await forum.signIn("alma")
    }

    private var parts: [String] { tokens.access.split(separator: ".").map(String.init) }

    private func encoded(_ text: String) -> String { Base64URL.encode(ByteString(text)) }

    private func header(_ algorithm: String, kid: String) -> String {
        encoded(#"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(kid)"}"#)
    }

    private func key() async throws -> (kid: String, x: ByteString) {
        let answer = try await forum.get("/api/users/.well-known/jwks.json")
        guard case .array(let keys)? = try answer.json["keys"],
            case .string(let kid)? = keys[0]["kid"], case .string(let x)? = keys[0]["x"],
            let bytes = Base64URL.decode(x)
        else { throw Refused(answer) }
        return (kid, bytes)
    }

    /// HMAC-SHA256 (RFC 2104), for the attack that takes a public key for a shared secret.
    private func hmac(_ message: String, _ key: ByteString) -> ByteString {
        let padded = key.array + [UInt8](repeating: 0, count: 64 - key.count)
        let inner = Digest.sha256(ByteString(padded.map { $0 ^ 0x36 } + Array(message.utf8)))
        return Digest.sha256(ByteString(padded.map { $0 ^ 0x5c } + inner.array))
    }

    private func refusal(_ token: String) async throws -> String? {
        let answer = try await forum.get("/api/users/sessions", as: token)
        #expect(answer.status == 401)
        #expect(answer["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        // A bad token is refused on open routes, too.
        #expect(try await forum.get("/api/users/1", as: token).status == 401)
        return answer.problem
    }

    @Test("alg none opens nothing, with and without a signature")
    func none() async throws {
        let kid = try await key().kid
        for algorithm in ["none", "None", "NONE"] {
            let head = header(algorithm, kid: kid)
            for token in ["\(head).\(parts[1]).", "\(head).\(parts[1]).\(parts[2])"] {
                #expect(try await refusal(token) == "unauthenticated")
            }
        }
    }

    @Test("HS256 with the public key for a secret opens nothing")
    func confusion() async throws {
        let (kid, x) = try await key()
        let signed = "\(header("HS256", kid: kid)).\(parts[1])"
        let token = "\(signed).\(Base64URL.encode(hmac(signed, x)))"
        #expect(try await refusal(token) == "unauthenticated")
    }

    @Test("a key that is not the issuer's opens nothing, under its own name or a known one")
    func foreign() async throws {
        let ring = KeyRing([try .random(signsFromSeconds: AccountsForum.start / 1000)])
        let grant = TokenGrant(subject: 1, session: "s_1", version: 1, roles: ["admin"])
        let token = try TokenSigner(issuer: "forum", audience: "forum")
            .sign(grant, with: ring, nowSeconds: AccountsForum.start / 1000)
        #expect(try await refusal(token) == "unauthenticated")
        let own = token.split(separator: ".").map(String.init)
        let kid = try await key().kid
        let disguised = "\(header("EdDSA", kid: kid)).\(own[1]).\(own[2])"
        #expect(try await refusal(disguised) == "unauthenticated")
    }

    @Test("claims that were edited open nothing")
    func edited() async throws {
        let payload = try #require(Base64URL.decode(parts[1])).text
        let promoted = payload.replacing(#""roles":["member"]"#, with: #""roles":["admin"]"#)
        #expect(promoted != payload)
        #expect(
            try await refusal("\(parts[0]).\(encoded(promoted)).\(parts[2])")
                == "unauthenticated")
    }

    @Test("an expired token is named, so that a client knows to refresh it")
    func expired() async throws {
        forum.pass(seconds: 629)
        #expect(try await forum.get("/api/users/sessions", as: tokens.access).status == 200)
        forum.pass(seconds: 1)
        #expect(try await refusal(tokens.access) == "token-expired")
    }

    @Test("a refresh token, a cut token and rubbish are no access tokens")
    func others() async throws {
        for token in [tokens.refresh, String(tokens.access.dropLast(4)), "x", "..", "fp_x"] {
            #expect(try await refusal(token) == "unauthenticated")
        }
    }
}
