import Fixture
import MessagesService
import SQLite
import Testing
import TopicsService
import UsersService

/// What one store says of another's, counted again from the other's own rows. The programs have
/// ended: nothing moves any more.
struct Recount {
    private let users: Store
    private let topics: Store
    private let messages: Store

    init(_ folder: TemporaryFolder) throws {
        users = try Store(path: folder.file("data/users.sqlite"), migrations: Users.schema)
        topics = try Store(path: folder.file("data/topics.sqlite"), migrations: Topics.schema)
        messages = try Store(
            path: folder.file("data/messages.sqlite"), migrations: Messages.schema)
    }

    /// Records every difference.
    func expectAgreement() throws {
        let accounts = try users.read { try $0.all(Queries.accounts) }
        for store in [topics, messages] {
            #expect(try store.read { try $0.all(Queries.userCards) } == accounts)
        }
        let posts = try messages.read { try $0.all(Queries.posts) }
        #expect(try topics.read { try $0.all(Queries.refs) } == posts)
        #expect(
            try messages.read { try $0.all(Queries.cards) }
                == topics.read { try $0.all(Queries.threads) })
        let visible = posts.filter { $0.state == "visible" }
        let byThread = Dictionary(grouping: visible, by: \.thread)
        for counts in try topics.read({ try $0.all(Queries.counts) }) {
            let own = byThread[counts.thread] ?? []
            let last = own.max { $0.number < $1.number }
            #expect(counts.posts == Int64(own.count), "thread \(counts.thread)")
            #expect(counts.last == last?.id, "thread \(counts.thread)")
            #expect(counts.opening == own.first { $0.number == 1 }?.id, "thread \(counts.thread)")
        }
    }

    func close() async {
        await users.close()
        await topics.close()
        await messages.close()
    }

    /// A post as both stores know it.
    struct Known: Equatable, Sendable {
        let id: Int64
        let thread: Int64
        let number: Int64
        let user: Int64
        let state: String
        let version: Int64

        init(row: borrowing Row) {
            id = row.int64(0)
            thread = row.int64(1)
            number = row.int64(2)
            user = row.int64(3)
            state = row.text(4)
            version = row.int64(5)
        }
    }

    /// What a thread says of its posts.
    struct Counts: Sendable {
        let thread: Int64
        let posts: Int64
        let last: Int64?
        let opening: Int64?

        init(row: borrowing Row) {
            thread = row.int64(0)
            posts = row.int64(1)
            last = row.optionalInt64(2)
            opening = row.optionalInt64(3)
        }
    }

    /// A thread as both stores know it.
    struct Card: Equatable, Sendable {
        let id: Int64
        let title: String
        let state: String
        let isLocked: Bool

        init(row: borrowing Row) {
            id = row.int64(0)
            title = row.text(1)
            state = row.text(2)
            isLocked = row.bool(3)
        }
    }

    /// An account as all three know it.
    struct Account: Equatable, Sendable {
        let id: Int64
        let username: String
        let ban: String?

        init(row: borrowing Row) {
            id = row.int64(0)
            username = row.text(1)
            ban = row.optionalText(2)
        }
    }

    private enum Queries {
        static let accounts = Query<Void, Account>(
            """
            SELECT id, username,
                (SELECT scope FROM bans WHERE user = users.id AND lifted_at IS NULL)
            FROM users ORDER BY id
            """, Account.init(row:))
        static let userCards = Query<Void, Account>(
            "SELECT id, username, ban_scope FROM user_card ORDER BY id", Account.init(row:))
        static let posts = Query<Void, Known>(
            """
            SELECT id, thread, number, user,
                CASE state WHEN 0 THEN 'visible' WHEN 1 THEN 'deleted' ELSE 'removed' END, version
            FROM messages ORDER BY id
            """, Known.init(row:))
        static let refs = Query<Void, Known>(
            "SELECT id, topic, number, user, state, version FROM post_ref ORDER BY id",
            Known.init(row:))
        static let counts = Query<Void, Counts>(
            "SELECT id, post_count, last_post, opening_post FROM topics ORDER BY id",
            Counts.init(row:))
        static let threads = Query<Void, Card>(
            "SELECT id, title, state, locked FROM topics ORDER BY id", Card.init(row:))
        static let cards = Query<Void, Card>(
            "SELECT id, title, state, locked FROM thread_card ORDER BY id", Card.init(row:))
    }
}
