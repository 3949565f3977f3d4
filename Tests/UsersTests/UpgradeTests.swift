import Bytes
import Fixture
import Outbox
import Records
import Routing
import SQLite
import Testing
import UsersAPI
import UsersService

@Suite("A store from before there were accounts")
struct UpgradeTests {
    private static let insert = Query<Void, Void>(
        """
        INSERT INTO users (id, username, name, bio, joined_at, version)
        VALUES (7, 'alma', 'Alma Reyes', 'rows', 5, 3)
        """)

    @Test("opens, shows its users as members, and gives them in its snapshot")
    func opens() async throws {
        let (folder, keys) = (TemporaryFolder(), TemporaryFolder())
        let path = folder.file("users.sqlite")
        let old = try Store(path: path, migrations: Array(Users.schema.prefix(2)))
        try await old.write { try $0.run(Self.insert) }
        await old.close()
        let store = try Store(path: path, migrations: Users.schema)
        let users = Users(store: store, accounts: try Accounts.cheap(keysIn: keys))
        let user = try users.user(ID(7))
        #expect(user.name == "Alma Reyes" && user.version == 3)
        #expect(user.role == .member && user.state == .active)
        let page = try users.feed.snapshot(kind: "user", afterKey: nil, limit: 10)
        let change = try UserChange(try #require(page.rows.first))
        #expect(change.card.username == "alma")
        #expect(change.standing.sessionVersion == 1)
        await store.close()
    }
}
