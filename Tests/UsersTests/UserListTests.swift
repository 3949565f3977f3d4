import Bytes
import Fixture
import HTTP
import JSON
import SQLite
import Testing
import UsersService

@Suite("Lists of users", .timeLimit(.minutes(5)))
struct UserListTests {
    /// Two hundred users, every fourth of whom was deleted, with some moderators.
    private func forum() async throws -> (forum: LoopbackForum, store: Store) {
        let kept = Box()
        let forum = try LoopbackForum { parts in
            let store = try parts.store("users", Users.schema)
            kept.store = store
            return [Users(store: store, accounts: try parts.accounts())]
        }
        let store = try #require(kept.store)
        try await store.write { try $0.run(Self.fill, 200) }
        return (forum, store)
    }

    private final class Box { var store: Store? }

    private static let fill = Query<Int64, Void>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO users (id, username, name, bio, joined_at, version, state, role, post_count)
        SELECT i, iif(i % 4 = 0, '[deleted-' || i || ']', iif(i % 2, 'Kim', 'kit') || i), 'x', '',
            (i * 7919) % 101, 1, iif(i % 4 = 0, 'deleted', 'active'),
            iif(i % 50 = 1, 'moderator', 'member'), (i * 31) % 17
        FROM n
        """)

    private func pages(
        _ forum: LoopbackForum, _ target: String, by relation: String = "next"
    ) async throws -> [[JSONValue]] {
        var pages: [[JSONValue]] = []
        var next: String? = target
        while let link = next {
            let answer = try await forum.get(link)
            guard case .array(let rows) = try answer.json else { return [] }
            pages.append(rows)
            next = answer.link(relation)
        }
        return pages
    }

    private struct Row: Equatable {
        let id: Int64
        let name: String
        let joined: String
        let posts: Int64

        init?(_ value: JSONValue) {
            guard case .integer(let id)? = value["id"],
                case .string(let name)? = value["username"],
                case .string(let joined)? = value["joinedAt"],
                case .integer(let posts)? = value["postCount"]
            else { return nil }
            self.id = id
            self.name = name.lowercased()
            self.joined = joined
            self.posts = posts
        }
    }

    private func isOrdered(_ left: Row, _ right: Row, _ sort: String) -> Bool {
        switch sort {
        case "username": left.name < right.name
        case "joined": (left.joined, left.id) > (right.joined, right.id)
        case "posts": (left.posts, left.id) > (right.posts, right.id)
        default: left.id < right.id
        }
    }

    @Test(
        "each order has everybody once who was not deleted, page by page, there and back",
        arguments: ["id", "username", "joined", "posts"])
    func orders(sort: String) async throws {
        let (forum, _) = try await forum()
        for (filter, count) in [("", 150), ("&role=member", 146), ("&role=moderator", 4)] {
            let there = try await pages(forum, "/api/users?limit=7&sort=\(sort)\(filter)")
            let rows = there.joined().compactMap(Row.init)
            #expect(rows.count == count)
            #expect(Set(rows.map(\.id)).count == count)
            #expect(zip(rows, rows.dropFirst()).allSatisfy { isOrdered($0, $1, sort) })
            #expect(there.dropLast().allSatisfy { $0.count == 7 })
            var last = try await forum.get("/api/users?limit=7&sort=\(sort)\(filter)")
            while let next = last.link("next") { last = try await forum.get(next) }
            if let previous = last.link("prev") {
                let back = try await pages(forum, previous, by: "prev")
                #expect(Array(back.reversed().joined()) == Array(there.dropLast().joined()))
            }
        }
    }

    @Test("q= finds beginnings of usernames whatever their case, and nothing else")
    func prefix() async throws {
        let (forum, _) = try await forum()
        let found = try await pages(forum, "/api/users?q=KIM1&limit=7").joined().compactMap(
            Row.init)
        #expect(found.count == 56)
        #expect(found.allSatisfy { $0.name.hasPrefix("kim1") })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.name < $1.name })
        let staff = try await forum.get("/api/users?q=kim1&role=moderator&fields=id")
        #expect(staff.text == #"[{"id":1},{"id":101},{"id":151}]"#)
        #expect(try await forum.get("/api/users?q=%25").text == "[]")
        #expect(try await forum.get("/api/users?q=%5Bdeleted").text == "[]")
        #expect(try await forum.get("/api/users?q=kim&sort=posts").status == 400)
        #expect(try await forum.get("/api/users?sort=bio").status == 400)
        #expect(try await forum.get("/api/users?role=king").status == 400)
        let cursor = try #require(
            try await forum.get("/api/users?q=kim&limit=1").link("next"))
        #expect(try await forum.get(cursor.replacing("q=kim", with: "q=kit")).status == 400)
    }

    @Test("a card is what menus need")
    func card() async throws {
        let (forum, _) = try await forum()
        let answer = try await forum.get("/api/users?view=card&limit=1")
        #expect(
            answer.text == #"[{"id":1,"username":"Kim1","name":"x","#
                + #""avatar":"/api/users/1/avatar","state":"active"}]"#)
    }

    @Test("a page costs the same whatever the order, the depth and the number of users")
    func work() async throws {
        let folder = TemporaryFolder()
        func forum(_ count: Int64) async throws -> (LoopbackForum, StepMeter, TemporaryFolder) {
            let path = folder.file("\(count).sqlite")
            let meter = StepMeter(path: path)
            let store = try Store(path: path, migrations: Users.schema)
            let forum = try LoopbackForum {
                [Users(store: store, accounts: try $0.accounts())]
            }
            try await store.write { try $0.run(Self.fill, count) }
            return (forum, meter, folder)
        }
        let (small, large) = (try await forum(1_000), try await forum(20_000))
        for target in ["sort=id", "sort=username", "sort=joined", "sort=posts", "q=kim9"] {
            var links: [String?] = [nil, nil]
            for page in 1...3 {
                var steps: [Int] = []
                for (place, (forum, meter, _)) in [small, large].enumerated() {
                    let link = links[place] ?? "/api/users?limit=20&\(target)"
                    let answer = try await forum.get(link)
                    steps.append(try await meter.work { _ = try await forum.get(link) }.steps)
                    links[place] = answer.link("next")
                }
                #expect(steps[1] <= steps[0] * 3 / 2 + 100, "\(target), page \(page): \(steps)")
            }
        }
    }
}
