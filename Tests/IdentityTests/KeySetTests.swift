import Bytes
import Identity
import JSON
import Testing

@Suite("Key sets")
struct KeySetTests {
    private static let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    private static let good =
        #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"a","use":"sig","alg":"EdDSA"}"#

    private func parse(_ text: String) throws(KeySetFault) -> KeySet {
        try KeySet.parse(ByteString(text))
    }

    @Test("a set is written as the contract says and comes back the same")
    func roundTrip() throws {
        let bytes = try #require(Base64URL.decode(Self.x))
        let set = KeySet([try #require(VerifyingKey(keyID: "a", bytes: bytes))])
        #expect(set.json.text == #"{"keys":[\#(Self.good)]}"#)
        #expect(try KeySet.parse(set.json) == set)
        #expect(KeySet.empty.json.text == #"{"keys":[]}"#)
        #expect(try parse(#"{"keys":[]}"#) == .empty)
    }

    @Test("a key is found by its name, byte for byte")
    func found() throws {
        let set = try parse(#"{"keys":[\#(Self.good)]}"#)
        #expect(set["a"] != nil && set["A"] == nil && set[""] == nil && set["a\0"] == nil)
    }

    @Test(
        "what a key need not say may be missing, and members nobody knows are ignored",
        arguments: [
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"a"}"#,
            #"{"kid":"a","x":"\#(x)","crv":"Ed25519","kty":"OKP","alg":"Ed25519"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"a","x5t":"AA","key_ops":["verify"]}"#,
        ])
    func tolerant(_ key: String) throws {
        #expect(try parse(#"{"more":1,"keys":[\#(key)]}"#).keys.map(\.keyID) == ["a"])
    }

    @Test(
        "keys that cannot be used are left out, the others stay",
        arguments: [
            "{}", #"{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"oct","k":"AAAA","kid":"o"}"#,
            #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(x)","kid":"e"}"#,
            #"{"kty":"OKP","crv":"X25519","x":"\#(x)","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed448","x":"\#(x)","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"o","use":"enc"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"o","alg":"HS256"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"o","alg":null}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":7}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","kid":"o o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)=","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x.dropLast())p","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"AAAA","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","kid":"o"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"\#(x)","d":"\#(x)","kid":"published-by-mistake"}"#,
        ])
    func unusable(_ key: String) throws {
        #expect(try parse(#"{"keys":[\#(key),\#(Self.good)]}"#).keys.map(\.keyID) == ["a"])
    }

    @Test("what is no set is refused, with the reason")
    func refused() {
        #expect(throws: KeySetFault.notAKeySet) { try parse("[]") }
        #expect(throws: KeySetFault.notAKeySet) { try parse("{}") }
        #expect(throws: KeySetFault.notAKeySet) { try parse(#"{"keys":{}}"#) }
        #expect(throws: KeySetFault.notAKeySet) { try parse(#"{"keys":["a"]}"#) }
        #expect(throws: KeySetFault.repeatedKey("a")) {
            try parse(#"{"keys":[\#(Self.good),\#(Self.good)]}"#)
        }
        #expect(throws: KeySetFault.notJSON(JSONError(.unexpectedEnd, at: 0))) { try parse("") }
        #expect(throws: KeySetFault.notJSON(JSONError(.duplicateMember, at: 11))) {
            try parse(#"{"keys":[],"keys":[]}"#)
        }
    }

    @Test("a set is small")
    func bounded() throws {
        let sixteen = [String](repeating: "{}", count: 16).joined(separator: ",")
        #expect(try parse(#"{"keys":[\#(sixteen)]}"#) == .empty)
        #expect(throws: KeySetFault.tooManyKeys) { try parse(#"{"keys":[\#(sixteen),{}]}"#) }
        let room = String(repeating: " ", count: 16 * 1024 - 11)
        #expect(try parse(#"{"keys":[]}"# + room) == .empty)
        #expect(throws: KeySetFault.tooLong) { try parse(#"{"keys":[]}"# + room + " ") }
    }

    @Test("a set is contained in another when every key of it is there, by name and bytes")
    func contained() throws {
        let keys = try (0..<3).map { _ in
            try SigningKey.random(signsFromSeconds: Issuer.now).verifyingKey
        }
        #expect(KeySet.empty.isContained(in: .empty))
        #expect(KeySet([keys[0]]).isContained(in: KeySet(keys)))
        #expect(!KeySet(keys).isContained(in: KeySet([keys[0], keys[2]])))
        let renamed = try #require(VerifyingKey(keyID: keys[0].keyID, bytes: keys[1].bytes))
        #expect(!KeySet([keys[0]]).isContained(in: KeySet([renamed])))
    }
}
