import Bytes
import Fixture
import Outbox
import Records
import Routing
import SQLite
import Testing

@Suite("Cards of users in other services")
struct UserCardsTests {
    private let folder = TemporaryFolder()

    private func store() throws -> Store {
        try Store(
            path: folder.file("cards.sqlite"),
            migrations: [Migration(1, "user cards", UserCards.schema)])
    }

    private func change(
        _ version: Int64, _ username: String = "jake", id: Int64 = 4,
        state: AccountState = .active, ban: Ban? = nil
    ) -> UserChange {
        UserChange(
            card: UserCard(
                id: id, version: version, username: username, name: "Jake the \"Dog\"",
                avatar: "/api/users/4/avatar", state: state),
            standing: Standing(
                sessionVersion: 3, state: state, role: .moderator, ban: ban,
                joinedAtMilliseconds: 1_767_225_600_000))
    }

    private let token = APITokenCard(
        hash: "aGFzaA", version: 1, user: 4, scopes: ["posts:write", "threads:write"],
        expiresAtMilliseconds: 1_767_225_700_000, isRevoked: false)

    @Test("an event says everything that was put into it")
    func roundTrip() throws {
        let bans = [nil, Ban(.write), Ban(.all, untilMilliseconds: 1_767_229_200_000)]
        for ban in bans {
            let whole = change(7, ban: ban)
            #expect(try UserChange(whole.event) == whole)
            #expect(whole.event.version == 7)
        }
        #expect(try APITokenCard(token.event) == token)
        #expect(token.event.key == .text("aGFzaA"))
    }

    @Test("a card is shown as it was told, and an older event changes nothing")
    func newest() async throws {
        let store = try store()
        let cards = UserCards()
        try await store.write { transaction in
            try cards.apply(change(2, "jake2").event, in: transaction)
            try cards.apply(change(1, "jake1").event, in: transaction)
            try cards.apply(change(2, "other").event, in: transaction)
        }
        let card = try store.read { try UserCards.card(of: 4, in: $0) }
        #expect(card == change(2, "jake2").card)
        #expect(try store.read { try UserCards.standing(of: 4, in: $0) } == change(2).standing)
        #expect(try store.read { try UserCards.user(named: "JAKE2", in: $0) } == card)
        #expect(try store.read { try UserCards.user(named: "jake1", in: $0) } == nil)
    }

    /// What an album of one state of the store shows of them.
    private func cards(of users: [Int64], _ store: Store) throws -> [Int64: UserCard] {
        try store.snapshot { reader in
            let album = try UserCards.album(in: reader)
            var cards: [Int64: UserCard] = [:]
            for user in users { cards[user] = try album.card(of: user, in: reader) }
            return cards
        }
    }

    @Test("somebody not heard of is called by the number, somebody deleted is a ghost")
    func fallbacks() async throws {
        let store = try store()
        try await store.write {
            try UserCards().apply(change(5, "secret", state: .deleted).event, in: $0)
        }
        let cards = try cards(of: [4, 9, 4], store)
        #expect(cards[9] == .unknown(9))
        #expect(cards[9]?.username == "user-9")
        #expect(cards[4] == .ghost(4, version: 5))
        let tags = cards.values.map { ETag("p", 1, version: 1, card: $0.etagPart).text }
        #expect(Set(tags) == [#""p1.1~u4.5""#, #""p1.1~u9.0""#])
        #expect(try store.read { try UserCards.user(named: "[deleted]", in: $0) } == nil)
        #expect(!change(5, "secret", state: .deleted).event.body.text.contains("secret"))
    }

    @Test("a snapshot takes away what it does not name, and beats any version")
    func rebuilt() async throws {
        let store = try store()
        let cards = UserCards()
        try await store.write { transaction in
            try cards.apply(change(9, "nine").event, in: transaction)
            try cards.apply(change(9, "gone", id: 5).event, in: transaction)
            try cards.apply(token.event, in: transaction)
            try cards.mark(in: transaction)
            try cards.apply(change(2, "two").event, in: transaction)
            try cards.sweep(in: transaction)
        }
        let found = try self.cards(of: [4, 5], store)
        #expect(found[4]?.username == "two")
        #expect(found[5]?.state == .unknown)
        #expect(try CardDirectory(store).apiToken(ByteString("hash")) == nil)
    }

    @Test("a directory finds API tokens by their digest")
    func tokens() async throws {
        let store = try store()
        try await store.write { try UserCards().apply(token.event, in: $0) }
        #expect(try CardDirectory(store).apiToken(ByteString("hash")) == token)
        #expect(try CardDirectory(store).apiToken(ByteString("other")) == nil)
        #expect(try CardDirectory(store).standing(of: 4) == nil)
    }
}
