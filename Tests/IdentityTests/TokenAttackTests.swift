import Bytes
import Identity
import Seeding
import Testing

@Suite("Attacks on access tokens")
struct TokenAttackTests {
    private static let algorithms: [TokenAttack] =
        ["none", "None", "NONE", "HS256", "RS256", "ES256", "PS512", "eddsa", "Ed448", "EdDSA2"].map
    {
        .header("alg \($0)", #"{"alg":"\#($0)","typ":"at+jwt","kid":"<kid>"}"#, .algorithm($0))
    } + [
        TokenAttack("alg none, no signature", .malformed) { issuer in
            let header = #"{"alg":"none","typ":"at+jwt","kid":"\#(issuer.key.keyID)"}"#
            return "\(encoded(header)).\(encoded(Issuer.payload()))."
        },
        TokenAttack("HS256 with the public key for a secret", .algorithm("HS256")) { issuer in
            let header = #"{"alg":"HS256","typ":"at+jwt","kid":"\#(issuer.key.keyID)"}"#
            let signed = "\(encoded(header)).\(encoded(Issuer.payload()))"
            let mac = TokenAttack.hmac(signed, key: issuer.key.verifyingKey.bytes)
            return "\(signed).\(Base64URL.encode(mac))"
        },
        TokenAttack("EdDSA in name, HMAC with the public key in truth", .signature) { issuer in
            let signed = "\(encoded(issuer.header)).\(encoded(Issuer.payload()))"
            let mac = TokenAttack.hmac(signed, key: issuer.key.verifyingKey.bytes)
            return "\(signed).\(Base64URL.encode(ByteString(mac.array + mac.array)))"
        },
        .header("no alg", #"{"typ":"at+jwt","kid":"<kid>"}"#, .algorithm("nothing")),
        .header("alg a number", #"{"alg":1,"typ":"at+jwt","kid":"<kid>"}"#, .algorithm("nothing")),
        .header("alg null", #"{"alg":null,"typ":"at+jwt","kid":"<kid>"}"#, .algorithm("nothing")),
        .header(
            "alg with a NUL", #"{"alg":"EdDSA\u0000","typ":"at+jwt","kid":"<kid>"}"#,
            .algorithm("EdDSA?")),
    ]

    private static let headers: [TokenAttack] =
        [
            ("jku", #""https://evil.example/keys""#), ("x5u", #""https://evil.example/cert""#),
            ("jwk", #"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#), ("x5c", #"["AAAA"]"#),
            ("x5t", #""AAAA""#), ("crit", #"["exp"]"#), ("crit", "[]"), ("b64", "false"),
            ("zip", #""DEF""#), ("enc", #""A256GCM""#), ("cty", #""JWT""#), ("Kid", #""x""#),
            ("ALG", #""none""#),
        ].map { name, value in
            .header(
                "\(name) \(value)",
                #"{"alg":"EdDSA","typ":"at+jwt","kid":"<kid>","\#(name)":\#(value)}"#,
                .header(name))
        } + [
            .header("no typ", #"{"alg":"EdDSA","kid":"<kid>"}"#, .type),
            .header(
                "typ of an identity token", #"{"alg":"EdDSA","typ":"JWT","kid":"<kid>"}"#, .type),
            .header("typ a list", #"{"alg":"EdDSA","typ":["at+jwt"],"kid":"<kid>"}"#, .type),
            .header("typ refresh", #"{"alg":"EdDSA","typ":"rt+jwt","kid":"<kid>"}"#, .type),
            .header("no kid", #"{"alg":"EdDSA","typ":"at+jwt"}"#, .unknownKey("without a name")),
            .header(
                "kid a number", #"{"alg":"EdDSA","typ":"at+jwt","kid":0}"#,
                .unknownKey("without a name")),
            .header("empty kid", #"{"alg":"EdDSA","typ":"at+jwt","kid":""}"#, .unknownKey("")),
            .header(
                "foreign kid", #"{"alg":"EdDSA","typ":"at+jwt","kid":"2026-11-26-00000000"}"#,
                .unknownKey("2026-11-26-00000000")),
            .header(
                "kid a path", #"{"alg":"EdDSA","typ":"at+jwt","kid":"../../dev/null"}"#,
                .unknownKey("../../dev/null")),
            .header(
                "kid a query", #"{"alg":"EdDSA","typ":"at+jwt","kid":"' OR 1=1 --"}"#,
                .unknownKey("'?OR?1=1?--")),
            .header(
                "kid with more behind it", #"{"alg":"EdDSA","typ":"at+jwt","kid":"<kid>\u0000"}"#,
                .unknownKey("<kid>?")),
            .header(
                "alg twice", #"{"alg":"EdDSA","alg":"none","typ":"at+jwt","kid":"<kid>"}"#,
                .malformed),
            .header(
                "alg twice, once escaped",
                #"{"alg":"EdDSA","\u0061lg":"none","typ":"at+jwt","kid":"<kid>"}"#, .malformed),
            .header("no object", #"["EdDSA"]"#, .malformed),
            .header("no JSON", "EdDSA", .malformed),
            .header(
                "something behind it", #"{"alg":"EdDSA","typ":"at+jwt","kid":"<kid>"}{}"#,
                .malformed),
        ]

    private static let shapes: [TokenAttack] = [
        .shape("nothing") { _ in "" },
        .shape("one dot") { _ in "." },
        .shape("two dots") { _ in ".." },
        .shape("two parts") { "\($0[0]).\($0[1])" },
        .shape("no signature") { "\($0[0]).\($0[1])." },
        .shape("no payload") { "\($0[0])..\($0[2])" },
        .shape("no header") { ".\($0[1]).\($0[2])" },
        .shape("four parts") { "\($0[0]).\($0[1]).\($0[2]).\($0[2])" },
        .shape("five parts, as if it were encrypted") { "\($0[0]).\($0[1]).\($0[2]).AA.AA" },
        .shape("padding") { "\($0[0]).\($0[1]).\($0[2])==" },
        .shape("white space before it") { " \($0[0]).\($0[1]).\($0[2])" },
        .shape("a line feed behind it") { "\($0[0]).\($0[1]).\($0[2])\n" },
        .shape("white space inside") { "\($0[0]). \($0[1]).\($0[2])" },
        .shape("a NUL behind it") { "\($0[0]).\($0[1]).\($0[2])\0" },
        .shape("the scheme before it") { "Bearer \($0[0]).\($0[1]).\($0[2])" },
        .shape("quotes around it") { "\"\($0[0]).\($0[1]).\($0[2])\"" },
        .shape("a letter of plain base64") { "\($0[0]).\($0[1]).+\($0[2].dropFirst())" },
        .shape("letters of another script") { "\($0[0]).\($0[1]).é\($0[2].dropFirst())" },
        .shape("too many letters") { "\($0[0]).\($0[1]).\($0[2])AAA" },
        .shape("the JSON form") {
            #"{"protected":"\#($0[0])","payload":"\#($0[1])","signature":"\#($0[2])"}"#
        },
        .shape("spare bits that are not zero") { parts in
            let letters = Array(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
            let last = letters.firstIndex(of: parts[2].last!)!
            return "\(parts[0]).\(parts[1]).\(parts[2].dropLast())\(letters[last | 1])"
        },
        .shape("4097 bytes", .tooLong) { parts in
            let rest = 4097 - parts[0].utf8.count - parts[2].utf8.count - 2
            return "\(parts[0]).\(String(repeating: "A", count: rest)).\(parts[2])"
        },
        .shape("a megabyte", .tooLong) { _ in String(repeating: "A.", count: 1 << 19) },
    ]

    private static let signatures: [TokenAttack] = [
        .signature("all zeros") { _ in [UInt8](repeating: 0, count: 64) },
        .signature("one byte less") { Array($0.dropLast()) },
        .signature("one byte more") { $0 + [0] },
        .signature("one byte only") { Array($0.prefix(1)) },
        .signature("halves swapped") { Array($0[32...] + $0[..<32]) },
        .signature("raised by the order of the group") { TokenAttack.raisedByOrder($0) },
        TokenAttack("the signature of another token", .signature) { issuer in
            let one = try issuer.token().split(separator: ".")
            let other = try issuer.token(at: Issuer.now + 1).split(separator: ".")
            return "\(one[0]).\(one[1]).\(other[2])"
        },
        TokenAttack("the subject edited", .signature) { issuer in
            let parts = try issuer.token().split(separator: ".")
            let payload = Base64URL.decode(parts[1])?.text ?? ""
            let edited = payload.replacing(#""sub":"4""#, with: #""sub":"1""#)
            return "\(parts[0]).\(encoded(edited)).\(parts[2])"
        },
        TokenAttack("a role added", .signature) { issuer in
            let parts = try issuer.token().split(separator: ".")
            let payload = Base64URL.decode(parts[1])?.text ?? ""
            let edited = payload.replacing(#""member","#, with: #""member","admin","#)
            return "\(parts[0]).\(encoded(edited)).\(parts[2])"
        },
        TokenAttack("white space added to the header", .signature) { issuer in
            let parts = try issuer.token().split(separator: ".")
            return "\(encoded(issuer.header + " ")).\(parts[1]).\(parts[2])"
        },
        TokenAttack("another's key under our key's name", .signature) { issuer in
            try Issuer().token(header: issuer.header, payload: Issuer.payload())
        },
    ]

    private static let outOfRange = TokenFault.claim("/exp a whole number from 0 to 253402300799")

    private static let claims: [TokenAttack] =
        ["iss", "aud", "sub", "sid", "ver", "iat", "nbf", "exp", "jti"].map { name in
            .claim(name, nil, .claim("/\(name) this member is required"))
        }
        + ["iss", "aud", "sid", "jti"].map { name in
            .claim(name, "7", .claim("/\(name) a string is expected, not a number"))
        } + [
            .claim("exp", "null", .claim("/exp this member is required")),
            .claim(
                "exp", #""1795651800""#, .claim("/exp a whole number is expected, not a string")),
            .claim("exp", "1795651800.5", .claim("/exp a whole number is expected, not a number")),
            .claim("exp", "1e300", .claim("/exp a whole number is expected, not a number")),
            .claim("exp", "-1", outOfRange),
            .claim("exp", "9223372036854775807", outOfRange),
            .claim("exp", "92233720368547758070", outOfRange),
            .claim("exp", "\(Issuer.now - 30)", .expired),
            .claim("exp", "0", .expired),
            .claim("nbf", "\(Issuer.now + 31)", .notYetValid),
            .claim("nbf", "253402300799", .notYetValid),
            .claim("iss", #""https://forum.example/""#, .issuer),
            .claim("iss", #""https://evil.example""#, .issuer),
            .claim("aud", #""Forum""#, .audience),
            .claim("aud", #"["forum"]"#, .claim("/aud a string is expected, not an array")),
            .claim("aud", #""""#, .claim("/aud at least 1 characters")),
            .claim("sub", "4", .claim("/sub a string is expected, not a number")),
            .claim("ver", #""7""#, .claim("/ver a whole number is expected, not a string")),
            .claim("roles", #""admin""#, .claim("/roles an array is expected, not a string")),
            .claim("roles", "[7]", .claim("/roles/0 a string is expected, not a number")),
        ]
        + ["04", "0", "-1", "4 ", " 4", "4.0", "9007199254740993", "４", "four"].map { text in
            .claim("sub", #""\#(text)""#, .claim("/sub the number of a user is expected"))
        }
        + [" a", "a ", "a  b", ""].map { text in
            .claim("scope", #""\#(text)""#, .claim("/scope words with one space between them"))
        }

    private static let payloads: [TokenAttack] = [
        .payload("nothing at all", "{}", .claim("/iss this member is required")),
        .payload("no object", "[]", .claim("an object is expected, not an array")),
        .payload("no JSON", "sub=4", .malformed),
        .payload("a member twice", Issuer.payload("x", #"1,"sub":"1""#), .malformed),
        .payload(
            "a member twice, once escaped", Issuer.payload("x", #"1,"\u0073ub":"1""#), .malformed),
        .payload("something behind it", Issuer.payload() + "{}", .malformed),
        .payload("a byte order mark", "\u{feff}" + Issuer.payload(), .malformed),
        .payload("too deep", Issuer.payload("x", String(repeating: "[", count: 40)), .malformed),
        .payload("half a surrogate pair", Issuer.payload("x", #""\ud800""#), .malformed),
        TokenAttack("payload: bytes that are not UTF-8", .malformed) { issuer in
            let payload = Array(Issuer.payload("x", #""A""#).utf8).map { $0 == 0x41 ? 0xff : $0 }
            let signed = "\(encoded(issuer.header)).\(Base64URL.encode(ByteString(payload)))"
            return "\(signed).\(Base64URL.encode(try issuer.key.sign(ByteString(signed))))"
        },
    ]

    @Test("an algorithm that is not ours is refused by name", arguments: algorithms)
    func algorithm(_ attack: TokenAttack) throws { try check(attack) }

    @Test("a header that brings anything of its own is refused", arguments: headers)
    func header(_ attack: TokenAttack) throws { try check(attack) }

    @Test("what is not spelled as a token is none", arguments: shapes)
    func shape(_ attack: TokenAttack) throws { try check(attack) }

    @Test(
        "a signature of other bytes or by another key is refused", arguments: signatures)
    func signature(_ attack: TokenAttack) throws { try check(attack) }

    @Test("claims that are missing or wrong are refused, though signed", arguments: claims)
    func claim(_ attack: TokenAttack) throws { try check(attack) }

    @Test("a payload that is no plain object is refused", arguments: payloads)
    func payload(_ attack: TokenAttack) throws { try check(attack) }

    private func check(_ attack: TokenAttack) throws {
        let issuer = try Issuer()
        let good = try issuer.token(header: issuer.header, payload: Issuer.payload())
        #expect(issuer.fault(good) == nil, "what is changed was good")
        let token = try attack.make(issuer)
        let fault = try #require(issuer.fault(token))
        #expect(fault == attack.reason(issuer))
        let cache = VerifiedTokens(issuer.verifier)
        #expect(throws: fault) { try cache.claims(of: ByteString(token), nowSeconds: Issuer.now) }
        #expect(cache.count == 0, "a cache lets nothing in that a verifier does not")
    }

    @Test("any byte changed, anywhere, opens nothing")
    func everyByte() throws {
        var random = SeededRandom()
        let issuer = try Issuer()
        let token = Array(try issuer.token().utf8)
        for place in token.indices {
            var changed = token
            repeat {
                changed[place] = UInt8.random(in: 0...255, using: &random)
            } while changed[place] == token[place]
            #expect(throws: TokenFault.self, "byte \(place), \(random)") {
                try issuer.verifier.verify(ByteString(changed), nowSeconds: Issuer.now)
            }
        }
    }

    @Test("tokens cut, stretched and shuffled open nothing and harm nobody")
    func mutations() throws {
        var random = SeededRandom()
        let issuer = try Issuer()
        let tokens = try [issuer.token(), Issuer().token(), "", "..", "a.b.c"].map {
            Array($0.utf8)
        }
        for _ in 0..<2000 {
            let original = tokens.randomElement(using: &random)!
            let mutated = random.mutated(original)
            if mutated == tokens[0] { continue }
            #expect(throws: TokenFault.self, "\(random)") {
                try issuer.verifier.verify(ByteString(mutated), nowSeconds: Issuer.now)
            }
        }
    }
}
