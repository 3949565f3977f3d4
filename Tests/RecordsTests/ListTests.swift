import Bytes
import Fixture
import HTTP
import JSON
import Records
import Routing
import SQLite
import Testing

/// Topics in the order of their latest activity: a list that changes while it is read.
private struct Board: ServiceModule {
    struct Topic: JSONRecord {
        let id: Int64
        let seq: Int64
        static let members: [JSONMember<Self>] = [.integer("id", \.id), .integer("seq", \.seq)]
    }

    let name = "board"
    let prefix = "/topics"
    let store: Store

    var routes: [Route] { [.get("/topics", list)] }

    func list(_ request: borrowing Request) throws -> Response {
        try store.list(
            request, sort: "activity",
            tag: { ETag("l", try $0.one(Queries.newest), version: 0) },
            anchor: { try $0.one(Queries.newest) },
            total: { try $0.one(Queries.count) },
            rows: { connection, border in
                let start = border.row == nil ? border.anchor + 1 : border.number
                return border.isBackward
                    ? try connection.all(
                        Queries.above, border.number, border.anchor, border.rowsWanted)
                    : try connection.all(Queries.below, start, border.anchor, border.rowsWanted)
            }, place: { (.integer($0.seq), $0.id) })
    }

    enum Queries {
        static let schema = [
            Migration(
                1, "topics",
                Array("CREATE TABLE topics (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL)".utf8))
        ]
        static let newest = Query<Void, Int64>("SELECT ifnull(max(seq), 0) FROM topics") {
            $0.int64(0)
        }
        static let count = Query<Void, Int64>("SELECT count(*) FROM topics") { $0.int64(0) }
        static let below = Query<(Int64, Int64, Int64), Topic>(
            "SELECT id, seq FROM topics WHERE seq < ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT ?3"
        ) { Topic(id: $0.int64(0), seq: $0.int64(1)) }
        static let above = Query<(Int64, Int64, Int64), Topic>(
            "SELECT id, seq FROM topics WHERE seq > ?1 AND seq <= ?2 ORDER BY seq LIMIT ?3"
        ) { Topic(id: $0.int64(0), seq: $0.int64(1)) }
        static let move = Query<(Int64, Int64), Void>(
            "INSERT OR REPLACE INTO topics (id, seq) VALUES (?1, ?2)")
    }
}

@Suite("Lists that change while they are read")
struct ListTests {
    private final class Forum: Sendable {
        let folder = TemporaryFolder()
        let store: Store
        let transport: LoopbackTransport

        init() async throws {
            store = try Store(
                path: folder.file("board.sqlite"), migrations: Board.Queries.schema)
            transport = LoopbackTransport(Router([Board(store: store)]) { _, _, _ in })
            for id in 1...6 as ClosedRange<Int64> { try await move(id, to: id) }
        }

        func move(_ id: Int64, to seq: Int64) async throws {
            try await store.write { try $0.run(Board.Queries.move, id, seq) }
        }

        func get(_ target: String, _ fields: Fields = Fields()) async throws -> Answer {
            Answer(try await transport.send(ClientRequest(.get, target, fields: fields)))
        }
    }

    private func ids(_ answer: Answer) throws -> [Int64] {
        guard case .array(let rows) = try answer.json else { return [] }
        return rows.compactMap { if case .integer(let id)? = $0["id"] { id } else { nil } }
    }

    @Test("no page repeats what an earlier one showed, however rows move up")
    func anchored() async throws {
        let forum = try await Forum()
        let first = try await forum.get("/topics?limit=2")
        #expect(try ids(first) == [6, 5])
        #expect(first.link("newer") == nil)
        try await forum.move(3, to: 7)
        try await forum.move(6, to: 8)
        let second = try await forum.get(try #require(first.link("next")))
        #expect(try ids(second) == [4, 2])
        #expect(second.link("newer") == "/topics?limit=2")
        let third = try await forum.get(try #require(second.link("next")))
        #expect(try ids(third) == [1])
        let back = try await forum.get(try #require(third.link("prev")))
        #expect(try ids(back) == [4, 2])
        let newer = try await forum.get(try #require(third.link("newer")))
        #expect(try ids(newer) == [6, 3])
    }

    @Test("the whole list is counted for those who ask")
    func counted() async throws {
        let forum = try await Forum()
        #expect(try await forum.get("/topics?limit=2&count=exact")[.totalCount] == "6")
        #expect(try await forum.get("/topics?limit=2")[.totalCount] == nil)
    }

    @Test("who holds the list gets 304 until it changes")
    func held() async throws {
        let forum = try await Forum()
        let tag = try #require(try await forum.get("/topics")[.etag])
        #expect(try await forum.get("/topics", [.ifNoneMatch: tag]).status == 304)
        try await forum.move(1, to: 7)
        #expect(try await forum.get("/topics", [.ifNoneMatch: tag]).status == 200)
    }
}
