import Bytes
import Fixture
import HTTP
import JSON
import Routing
import SQLite
import Testing

@testable import Records

@Suite("Requests that come twice")
struct KeyedWritesTests {
    private static let day = KeptAnswers.lifetimeMilliseconds

    @Test("the second gets the answer of the first, field by field, and changes nothing")
    func replay() async throws {
        let forum = try LedgerForum()
        let first = try await forum.send(key: "k")
        let second = try await forum.send(key: "k")
        #expect(first.status == 201)
        #expect(first.text == "1 a")
        #expect(!first.isReplayed)
        #expect(second.status == 201)
        #expect(second.text == "1 a")
        #expect(second.isReplayed)
        for name: FieldName in [.location, "X-Line", .forumPosition, .contentLength] {
            #expect(second[name] == first[name], "\(name.text)")
        }
        #expect(first[.forumPosition] == "lines=1")
        #expect(try forum.count == 1)
    }

    @Test("requests without a key, or with another one, are requests of their own")
    func others() async throws {
        let forum = try LedgerForum()
        for key in [nil, nil, "k", "K"] { _ = try await forum.send(key: key) }
        #expect(try forum.count == 4)
        #expect(try forum.store.read { try $0.one(Ledger.Queries.kept) } == 2)
    }

    @Test("a key belongs to one request: another body, path or method is refused")
    func reuse() async throws {
        let forum = try LedgerForum()
        _ = try await forum.send(key: "k")
        let body = try await forum.send(key: "k", body: "b")
        #expect(body.status == 422)
        #expect(body.slug == "idempotency-reuse")
        let path = try await forum.send(.post, "/lines?x=1", key: "k")
        #expect(path.slug == "idempotency-reuse")
        #expect(try forum.count == 1)
    }

    @Test("a key belongs to who sent it: a user, or an address without one")
    func subjects() async throws {
        let forum = try LedgerForum()
        _ = try await forum.send(key: "k", user: 1)
        _ = try await forum.send(key: "k", user: 2)
        _ = try await forum.send(key: "k", from: "203.0.113.7")
        _ = try await forum.send(key: "k", from: "203.0.113.8")
        #expect(try forum.count == 4)
        #expect(try await forum.send(key: "k", user: 2).isReplayed)
        #expect(try await forum.send(key: "k", user: 2, from: "203.0.113.9").isReplayed)
        #expect(try await forum.send(key: "k", from: "203.0.113.8").isReplayed)
        #expect(try forum.count == 4)
    }

    @Test("eight at once are one write and one answer")
    func atOnce() async throws {
        let forum = try LedgerForum()
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<8 { group.addTask { try await forum.send(key: "k") } }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(Set(answers.map(\.text)) == ["1 a"])
        #expect(answers.filter { !$0.isReplayed }.count == 1)
        #expect(try forum.count == 1)
    }

    @Test("an error is not kept: the request may come again, mended or not")
    func errors() async throws {
        let forum = try LedgerForum()
        let bad = try await forum.send(key: "k", body: "bad")
        #expect(bad.slug == "validation")
        #expect(try forum.count == 0)
        #expect(try await forum.send(key: "k", body: "good").status == 201)
    }

    @Test("an answer is kept for a day and no longer")
    func lifetime() async throws {
        let forum = try LedgerForum()
        _ = try await forum.send(key: "k")
        forum.pass(milliseconds: Self.day - 1)
        #expect(try await forum.send(key: "k").isReplayed)
        forum.pass(milliseconds: 1)
        let late = try await forum.send(key: "k")
        #expect(!late.isReplayed)
        #expect(late.text == "2 a")
    }

    @Test("each new answer removes a few old ones, and no write pays for all")
    func removal() async throws {
        let forum = try LedgerForum()
        try await forum.store.write { transaction in
            for number in 0..<20 {
                try transaction.run(Ledger.Queries.oldAnswer, "\(number)", transaction.now)
            }
        }
        _ = try await forum.send(key: "young")
        let kept = { try forum.store.read { try $0.one(Ledger.Queries.kept) } }
        #expect(try kept() == 21)
        forum.pass(milliseconds: Self.day)
        var counts: [Int64] = []
        for key in ["a", "b", "c", "d"] {
            _ = try await forum.send(key: key)
            counts.append(try kept())
        }
        #expect(counts == [14, 7, 3, 4])
    }

    @Test("a user can be forgotten, with every answer")
    func forget() async throws {
        let forum = try LedgerForum()
        _ = try await forum.send(key: "k", user: 1)
        _ = try await forum.send(key: "k", user: 11)
        try await forum.store.write { try KeptAnswers.forget(user: 1, $0) }
        #expect(try await forum.send(key: "k", user: 1).isReplayed == false)
        #expect(try await forum.send(key: "k", user: 11).isReplayed)
    }

    @Test("every write says where its feed stands, other methods than POST too")
    func position() async throws {
        let forum = try LedgerForum()
        #expect(try await forum.send()[.forumPosition] == "lines=1")
        let put = try await forum.send(.put, "/lines/1", key: "k")
        #expect(put[.forumPosition] == "lines=1")
        #expect(try await forum.send(.put, "/lines/1", key: "k").isReplayed == false)
    }
}
