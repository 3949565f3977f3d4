import Bytes
import Fixture
import HTTP
import Identity
import JSON
import Testing

/// What happens to tokens that are not what they seem, in the service that made them and in those
/// that only know its keys.
@Suite("Tokens at the three services", .serialized, .fewAtOnce, .timeLimit(.minutes(2)), .inTown())
struct TokenTests {
    /// A read and a write of each service that need an account.
    private static let doors: [(HTTP.Method, String, String)] = [
        (.get, "/api/users/me", ""), (.get, "/api/threads/unread", ""),
        (.get, "/api/posts/mentions", ""), (.put, "/api/users/3/roles", #"{"roles":["admin"]}"#),
        (.put, "/api/threads/1/lock", "{}"), (.post, "/api/posts", #"{"thread":1,"text":"No."}"#),
    ]

    private static let headers: [ForgedToken] =
        ["none", "None", "HS256", "RS256", "ES256"].map { name in
            ForgedToken("alg \(name)") {
                try $0.signed($0.header(algorithm: name), $0.claims())
            }
        }
        + [
            #","jku":"https://evil.example/keys""#, #","x5u":"https://evil.example/cert""#,
            #","jwk":{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#, #","x5c":["AAAA"]"#,
            #","crit":["exp"]"#, #","b64":false"#, #","zip":"DEF""#,
        ].map { more in
            ForgedToken("with \(more)") { try $0.signed($0.header(more), $0.claims()) }
        }
        + [
            ForgedToken("alg none without a signature") {
                "\($0.encoded($0.header(algorithm: "none"))).\($0.encoded($0.claims()))."
            },
            ForgedToken("HS256 with the public key for a secret") { forge in
                let text =
                    "\(forge.encoded(forge.header(algorithm: "HS256")))."
                    + forge.encoded(forge.claims())
                let mac = forge.hmac(text, key: forge.key.verifyingKey.bytes)
                return "\(text).\(Base64URL.encode(mac))"
            },
            ForgedToken("a foreign kid and its own key") {
                let own = try SigningKey.random(signsFromSeconds: $0.nowSeconds)
                return try $0.signed($0.header(keyID: own.keyID), $0.claims(), with: own)
            },
            ForgedToken("our kid and another key") {
                let own = try SigningKey.random(signsFromSeconds: $0.nowSeconds)
                return try $0.signed($0.header(), $0.claims(), with: own)
            },
            ForgedToken("its own key in the header") {
                let own = try SigningKey.random(signsFromSeconds: $0.nowSeconds)
                let x = Base64URL.encode(own.verifyingKey.bytes)
                let jwk = #","jwk":{"kty":"OKP","crv":"Ed25519","x":"\#(x)"}"#
                return try $0.signed($0.header(jwk), $0.claims(), with: own)
            },
            ForgedToken("a kid that is a path") {
                try $0.signed($0.header(keyID: "../../keys/0001"), $0.claims())
            },
        ]

    private static let claims: [ForgedToken] = [
        ForgedToken("expired", "token-expired") {
            let past = $0.nowSeconds - 31
            return try $0.signed(
                $0.header(), $0.claims(["exp": "\(past)", "nbf": "\(past - 600)"]))
        },
        ForgedToken("not yet valid") {
            try $0.signed($0.header(), $0.claims(["nbf": "\($0.nowSeconds + 300)"]))
        },
        ForgedToken("for another audience") {
            try $0.signed($0.header(), $0.claims(["aud": #""shop""#]))
        },
        ForgedToken("by another issuer") {
            try $0.signed($0.header(), $0.claims(["iss": #""https://evil.example""#]))
        },
        ForgedToken("without an end") { try $0.signed($0.header(), $0.claims(["exp": nil])) },
        ForgedToken("without a version") { try $0.signed($0.header(), $0.claims(["ver": nil])) },
        ForgedToken("for nobody") { try $0.signed($0.header(), $0.claims(["sub": #""0""#])) },
        ForgedToken("for a number") { try $0.signed($0.header(), $0.claims(["sub": "1"])) },
        ForgedToken("edited after it was signed") {
            [$0.parts[0], $0.encoded($0.claims()), $0.parts[2]].joined(separator: ".")
        },
        ForgedToken("with a signature of another") {
            let other = try $0.signed($0.header(), $0.claims()).split(separator: ".")[2]
            return "\($0.parts[0]).\($0.parts[1]).\(other)"
        },
        ForgedToken("cut short") { String($0.good.dropLast(4)) },
        ForgedToken("without its signature") { "\($0.parts[0]).\($0.parts[1])" },
        ForgedToken("with a part more") { "\($0.good).AAAA" },
        ForgedToken("padded") { "\($0.good)==" },
        ForgedToken("with a space in it") {
            "\($0.parts[0]). \($0.parts[1]).\($0.parts[2])"
        },
        ForgedToken("twelve thousand characters") { _ in
            "e.\(String(repeating: "A", count: 12_000)).e"
        },
    ]

    @Test("a forged token opens nothing, anywhere", arguments: headers + claims)
    func forged(_ forged: ForgedToken) async throws {
        let town = try Town.here
        let forum = town.forum
        let now = forum.nowSeconds
        let forge = Forge(
            key: try forum.keys.current(nowSeconds: now), nowSeconds: now, good: town.ada.token)
        let attacker = Person(id: 0, token: try forged.make(forge))
        for (method, target, body) in Self.doors {
            let answer = try await forum.send(method, target, by: attacker, body)
            #expect(answer.status == 401, "\(method.name) \(target): \(answer.text)")
            #expect(answer.problem == forged.problem, "\(method.name) \(target): \(answer.text)")
            #expect(answer["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        }
    }

    @Test("a forge that is not tampered with makes tokens that are believed")
    func honest() async throws {
        let town = try Town.here
        let forum = town.forum
        let now = forum.nowSeconds
        let forge = Forge(
            key: try forum.keys.current(nowSeconds: now), nowSeconds: now, good: town.ada.token)
        let admin = Person(id: 1, token: try forge.signed(forge.header(), forge.claims()))
        for target in ["/api/users/me", "/api/threads/unread", "/api/posts/mentions"] {
            #expect(await forum.status(.get, target, by: admin) == 200, "\(target)")
        }
    }

    @Test(
        "a token says who somebody is, not what they may: roles are those the users service tells")
    func roles() async throws {
        let town = try Town.here
        let forum = town.forum
        let claimed = try forum.person(4, roles: ["admin"])
        #expect(await forum.status(.put, "/api/users/4/roles", by: claimed, "{}") == 403)
        #expect(await forum.status(.put, "/api/threads/1/lock", by: claimed, "{}") == 403)
        #expect(await forum.status(.get, "/api/posts/flags", by: claimed) == 403)
    }

    @Test("a new password ends tokens everywhere, and every session but the one it came from")
    func password() async throws {
        let forum = try Town.here.forum
        let frida = #"{"username":"frida","password":"correct horse battery"}"#
        #expect(await forum.status(.post, "/api/users", frida) == 201)
        let here = try await forum.send(.post, "/api/users/sessions", frida)
        let there = try await forum.send(.post, "/api/users/sessions", frida)
        let old = Person(id: 0, token: try here.string("accessToken"))
        for target in ["/api/threads/unread", "/api/posts/mentions"] {
            #expect(await forum.status(.get, target, by: old) == 200, "\(target)")
        }
        let changed = try await forum.send(
            .put, "/api/users/me/password", by: old,
            #"{"current":"correct horse battery","new":"battery horse staple"}"#)
        #expect(changed.status == 204, "\(changed.text)")
        #expect(try await forum.get("/api/users/me", by: old).problem == "token-expired")
        for target in ["/api/threads/unread", "/api/posts/mentions"] {
            #expect(
                await eventually {
                    (try? await forum.get(target, by: old))?.problem == "token-expired"
                }, "\(target)")
        }
        let ended = try await forum.refresh(there.string("refreshToken"))
        #expect(ended.status == 401)
        let next = try await forum.refresh(here.string("refreshToken"))
        #expect(next.status == 200, "\(next.text)")
        let new = Person(id: 0, token: try next.string("accessToken"))
        #expect(await forum.status(.get, "/api/users/me", by: new) == 200)
    }

    @Test("a refresh token that comes again ends its session, and the tokens that came of it")
    func reuse() async throws {
        let forum = try Town.here.forum
        let gustav = #"{"username":"gustav","password":"correct horse battery"}"#
        #expect(await forum.status(.post, "/api/users", gustav) == 201)
        let first = try await forum.send(.post, "/api/users/sessions", gustav)
        let second = try await forum.refresh(first.string("refreshToken"))
        #expect(second.status == 200, "\(second.text)")
        let stolen = try await forum.refresh(first.string("refreshToken"))
        #expect(stolen.status == 401)
        #expect(try await forum.refresh(second.string("refreshToken")).status == 401)
        let access = Person(id: 0, token: try second.string("accessToken"))
        #expect(try await forum.get("/api/users/me", by: access).problem == "token-expired")
        for target in ["/api/threads/unread", "/api/posts/mentions"] {
            #expect(
                await eventually {
                    (try? await forum.get(target, by: access))?.problem == "token-expired"
                }, "\(target)")
        }
    }
}

extension System {
    fileprivate func refresh(_ token: String) async throws -> Answer {
        try await send(.post, "/api/users/sessions/refresh", #"{"refreshToken":"\#(token)"}"#)
    }
}
