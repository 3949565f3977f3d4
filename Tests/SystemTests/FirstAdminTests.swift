import Bytes
import Fixture
import HTTP
import Identity
import JSON
import Testing

/// The first start of a forum, and the keys it signs with.
@Suite("The first admin, and keys", .serialized, .fewAtOnce, .timeLimit(.minutes(2)))
struct FirstAdminTests {
    private static let password = "correct horse battery"

    private static func account(_ name: String, invite: String? = nil) -> String {
        let invite = invite.map { #","invite":"\#($0)""# } ?? ""
        return #"{"username":"\#(name)","password":"\#(password)"\#(invite)}"#
    }

    @Test("where nobody may register, the printed invite makes one admin, once")
    func closed() async throws {
        let forum = try await System.split(settings: ["FORUM_REGISTRATION": "closed"])
        let invite = try #require(Invite.printed(by: forum.program("users-1")))
        let refused = try await forum.send(.post, "/api/users", Self.account("eve"))
        #expect(refused.problem == "forbidden", "\(refused.text)")
        let guessed = try await forum.send(
            .post, "/api/users", Self.account("eve", invite: "\(invite.dropLast())x"))
        #expect(guessed.status == 422, "\(guessed.text)")
        let made = try await forum.send(.post, "/api/users", Self.account("root", invite: invite))
        #expect(made.status == 201, "\(made.text)")
        #expect(try made.member("roles") == #"["admin"]"#)
        let again = try await forum.send(.post, "/api/users", Self.account("eve", invite: invite))
        #expect(again.problem == "forbidden", "\(again.text)")
        #expect(try await forum.get("/api/users?fields=username").text == #"[{"username":"root"}]"#)
        let session = try await forum.send(
            .post, "/api/users/sessions", Self.account("root"))
        let admin = Person(id: 1, token: try session.string("accessToken"))
        #expect(await forum.status(.get, "/api/users/audit", by: admin) == 200)
        await forum.stop("users-1")
        try await forum.start(["users-1"])
        #expect(Invite.printed(by: forum.program("users-1")) == nil)
        let restarted = try await forum.send(
            .post, "/api/users", Self.account("eve", invite: invite))
        #expect(restarted.problem == "forbidden", "\(restarted.text)")
    }

    @Test("after a rotation the new key signs, and tokens of the old one are good to their end")
    func rotation() async throws {
        let forum = try await System.split()
        try await forum.bulk("/api/users/bulk", [#"{"id":1,"username":"ada"}"#])
        await forum.stop("users-1")
        // As if the forum had started a key's life and a minute ago.
        try forum.removeKeys()
        let begin = forum.nowSeconds - KeyRing.signingSeconds - 60
        let ring = try KeyRingFolder(forum.folder.file("data/keys")).upkeep(nowSeconds: begin)
        #expect(ring.keys.count == 2)
        try await forum.start(["users-1"])
        #expect(
            await forum.status(.post, "/api/users", Self.account("frida")) == 201)
        let session = try await forum.send(
            .post, "/api/users/sessions", Self.account("frida"))
        let token = try session.string("accessToken")
        #expect(try forum.keyID(of: token) == ring.keys[1].keyID)
        let old = try forum.token(of: 1, signedWith: ring.keys[0])
        #expect(try forum.keyID(of: old.token) == ring.keys[0].keyID)
        // The others have keys of before: one that is foreign to them makes them ask.
        for person in [old, Person(id: 2, token: token)] {
            for target in ["/api/users/me", "/api/threads/unread", "/api/posts/mentions"] {
                #expect(
                    await eventually(withinSeconds: 25) {
                        await forum.status(.get, target, by: person) == 200
                    }, "\(target)")
            }
        }
    }
}

extension System {
    /// Takes the keys of the users service, which does not run, away.
    fileprivate func removeKeys() throws {
        for number in 1...2 { folder.remove("data/keys/000\(number).key") }
    }

    /// A token as the users service would have signed it with `key`.
    fileprivate func token(of user: Int64, signedWith key: SigningKey) throws -> Person {
        let grant = TokenGrant(subject: user, session: "s_1", version: 1, roles: ["member"])
        let signer = TokenSigner(issuer: "forum", audience: "forum")
        return Person(
            id: user,
            token: try signer.sign(grant, with: KeyRing([key]), nowSeconds: nowSeconds))
    }

    /// The name of the key that signed a token.
    fileprivate func keyID(of token: String) throws -> String {
        let header = token.prefix { $0 != "." }
        let bytes = try #require(Base64URL.decode(String(header)))
        guard case .string(let name) = try JSONValue.parse(bytes)["kid"] else {
            throw Answer.Missing(name: "kid", text: token)
        }
        return name
    }
}
