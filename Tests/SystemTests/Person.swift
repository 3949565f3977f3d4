import Bytes
import Fixture
import Glibc
import Identity

/// Somebody who sends requests, by what they show.
struct Person: Sendable {
    let id: Int64
    let token: String

    /// Nobody's account: whoever has the admin secret.
    static let `operator` = Person(id: 0, token: System.secret)
}

extension System {
    /// The keys that the users service signs with.
    var keys: KeyRing {
        get throws { try KeyRingFolder(folder.file("data/keys")).upkeep(nowSeconds: nowSeconds) }
    }

    /// Seconds since 1970.
    var nowSeconds: Int64 { Int64(time(nil)) }

    /// The user `id` with a token as the users service would sign it, without a password's cost.
    func person(
        _ id: Int64, roles: [String] = ["member"], version: Int64 = 1
    ) throws -> Person {
        let grant = TokenGrant(subject: id, session: "s_1", version: version, roles: roles)
        let signer = TokenSigner(issuer: "forum", audience: "forum")
        return Person(
            id: id, token: try signer.sign(grant, with: keys, nowSeconds: nowSeconds))
    }
}
