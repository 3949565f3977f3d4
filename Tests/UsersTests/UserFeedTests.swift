import Bytes
import Fixture
import HTTP
import Identity
import Outbox
import Records
import Routing
import SQLite
import Testing
import UsersService

/// Another service of the same process that keeps cards of users.
@Suite("What other services know of users", .timeLimit(.minutes(5)))
struct UserFeedTests {
    private let forum: AccountsForum
    private let folder = TemporaryFolder()
    private let other: Store
    private let projector: Projector

    init() async throws {
        forum = try AccountsForum()
        other = try Store(
            path: folder.file("other.sqlite"),
            migrations: [
                Migration(1, "outbox", Outbox.schema), Migration(2, "cards", UserCards.schema),
            ])
        let clock = forum.feedClock
        projector = Projector(
            UserCards(), store: other, feed: EagerFeed(base: forum.users.feed),
            progress: try Progress(store: other, sources: ["users"], clock: clock), clock: clock)
    }

    private func follow() async throws { while try await projector.turn() != .idle {} }

    private func card(_ user: Int64) throws -> UserCard {
        try other.read { try UserCards.card(of: user, in: $0) }
    }

    @Test("a service that begins late copies everybody, and then follows each change")
    func follows() async throws {
        let admin = try await forum.admin()
        for name in ["alma", "bruno", "carla"] { try await forum.register(name) }
        try await follow()
        #expect(try card(4).username == "carla")
        _ = try await forum.send(
            .patch, "/api/users/2", as: admin.access, match: "*", body: #"{"name":"Alma R."}"#)
        _ = try await forum.send(
            .post, "/api/users/3/bans", as: admin.access, body: #"{"reason":"x","scope":"all"}"#)
        try await follow()
        #expect(try card(2).name == "Alma R.")
        #expect(try card(3).state == .banned)
        let standing = try #require(try CardDirectory(other).standing(of: 3))
        #expect(standing.ban == Ban(.all))
        #expect(standing.sessionVersion == 2)
        #expect(try CardDirectory(other).standing(of: 1)?.role == .admin)
    }

    @Test("a bulk load is told once a commit, and every card of it arrives")
    func bulk() async throws {
        try await follow()
        let lines = (10...20).map { #"{"id":\#($0),"username":"user\#($0)"}"# }
        let answer = try await forum.send(
            .post, "/api/users/bulk", as: LoopbackForum.secret, body: lines.joined(separator: "\n"),
            fields: [.contentType: "application/x-ndjson"])
        #expect(answer.status == 200)
        try await follow()
        #expect(try card(10).username == "user10")
        #expect(try card(20).username == "user20")
        #expect(try forum.told().allSatisfy { $0.hasPrefix("resync user:") })
    }

    @Test("a token that users has ended is refused by the other service as soon as it has heard")
    func revoked() async throws {
        try await forum.register("alma")
        let tokens = try await forum.signIn("alma")
        try await follow()
        let authenticator = TokenAuthenticator(forum.tokens, CardDirectory(other))
        let head = try forum.head(bearer: tokens.access)
        #expect(
            try authenticator.caller(head, nowMilliseconds: AccountsForum.start)?.user == 1)
        _ = try await forum.send(.delete, "/api/users/sessions", as: tokens.access)
        try await follow()
        #expect(throws: APIError.self) {
            try authenticator.caller(head, nowMilliseconds: AccountsForum.start)
        }
    }
}
