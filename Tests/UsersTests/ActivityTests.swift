import Bytes
import Fixture
import HTTP
import Outbox
import SQLite
import Seeding
import Testing

@testable import UsersService

@Suite("What members have done", .timeLimit(.minutes(5)))
struct ActivityTests {
    private let forum: AccountsForum

    init() async throws {
        forum = try AccountsForum()
        for name in ["ada", "bob", "cyd"] { try await forum.register(name) }
    }

    private func take(_ event: Event, from source: String) async throws {
        let projection = try #require(
            forum.users.projections.first { $0.source == source })
        try await forum.store.write { try projection.apply(event, in: $0) }
    }

    private func thread(
        _ id: Int64, version: Int64 = 1, by user: Int64 = 1, _ more: String = ""
    ) async throws {
        let body = #"{"id":\#(id),"version":\#(version),"createdBy":\#(user)\#(more)}"#
        try await take(
            .state("thread.changed", key: .number(id), version: version, body: ByteString(body)),
            from: "threads")
    }

    private func post(
        _ id: Int64, in thread: Int64 = 1, version: Int64 = 1, by user: Int64 = 1,
        _ state: String = "visible"
    ) async throws {
        let body =
            #"{"id":\#(id),"version":\#(version),"thread":\#(thread),"user":\#(user),"#
            + #""state":"\#(state)"}"#
        try await take(
            .state("post.changed", key: .number(id), version: version, body: ByteString(body)),
            from: "posts")
    }

    private func reactions(
        _ id: Int64, _ count: Int64, version: Int64, by user: Int64 = 1
    ) async throws {
        let body = #"{"id":\#(id),"version":\#(version),"user":\#(user),"count":\#(count)}"#
        let event = Event.state(
            "post-reactions.changed", key: .number(id), version: version, body: ByteString(body))
        try await take(event, from: "posts")
    }

    /// Threads, posts and reactions of a user.
    private func counts(_ user: Int64 = 1) async throws -> [String?] {
        let answer = try await forum.get("/api/users/\(user)")
        return try [
            answer.member("threadCount"), answer.member("postCount"),
            answer.member("reactionsReceived"),
        ]
    }

    @Test("threads, posts and reactions are counted, each once however often it is told")
    func counted() async throws {
        for _ in 1...2 {
            try await thread(1)
            try await post(1)
            try await post(2)
            try await reactions(1, 3, version: 4)
        }
        #expect(try await counts() == ["1", "2", "3"])
        try await reactions(1, 2, version: 5)
        try await reactions(1, 9, version: 3)
        try await post(2, version: 2, "deleted")
        #expect(try await counts() == ["1", "1", "2"])
        try await take(
            .fact("post.purged", key: .number(1), body: #"{"id":1}"#), from: "posts")
        #expect(try await counts() == ["1", "0", "0"])
    }

    @Test("what not everybody may read counts for nothing, whatever came first")
    func hidden() async throws {
        try await reactions(1, 2, version: 1)
        try await post(1)
        try await post(2, by: 2)
        #expect(try await counts() == ["0", "0", "0"])
        try await thread(1)
        #expect(try await counts() == ["1", "1", "2"])
        #expect(try await counts(2) == ["0", "1", "0"])
        try await thread(1, version: 2, #","visibility":"hidden""#)
        #expect(try await counts() == ["0", "0", "0"])
        #expect(try await counts(2) == ["0", "0", "0"])
        try await thread(1, version: 3, #","readRole":"guest""#)
        #expect(try await counts() == ["1", "1", "2"])
        try await thread(1, version: 4, #","state":"deleted""#)
        #expect(try await counts() == ["0", "0", "0"])
    }

    @Test("a count defeats a 304 and no edit, and whoever comes later is counted")
    func tags() async throws {
        let token = try await forum.signIn("ada")
        let read = try #require(try await forum.get("/api/users/1")[.etag])
        let list = try await forum.get("/api/users")[.etag]
        try await thread(1)
        try await post(1)
        try await post(2, by: 4)
        #expect(try await forum.get("/api/users/1")[.etag] != read)
        #expect(try await forum.get("/api/users")[.etag] != list)
        let edit = try await forum.send(
            .patch, "/api/users/1", as: token.access, match: read, body: #"{"bio":"rows"}"#)
        #expect(edit.status == 200)
        try await forum.register("dan")
        #expect(try await counts(4) == ["0", "1", "0"])
    }

    @Test("any row of events, in any order and however often, ends with what a recount says")
    func random() async throws {
        var random = SeededRandom()
        var versions: [String: Int64] = [:]
        func next(_ key: String) -> Int64 {
            versions[key, default: 0] += 1
            return versions[key]!
        }
        for step in 0..<400 {
            let id = Int64.random(in: 1...12, using: &random)
            // Now and then an old one comes again.
            let isOld = Int.random(in: 0..<5, using: &random) == 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let thread = id % 4 + 1
                let isHidden = Bool.random(using: &random)
                try await self.thread(
                    thread, version: isOld ? 1 : next("t\(thread)"), by: thread % 3 + 1,
                    #","visibility":"\#(isHidden ? "hidden" : "public")""#)
            case 1:
                try await reactions(
                    id, Int64.random(in: 0...5, using: &random),
                    version: isOld ? 1 : next("r\(id)"), by: id % 3 + 1)
            default:
                try await post(
                    id, in: Int64.random(in: 1...4, using: &random),
                    version: isOld ? 1 : next("p\(id)"), by: id % 3 + 1,
                    Bool.random(using: &random) ? "visible" : "removed")
            }
            if step % 100 == 99 {
                let audit = ActivityAudit(forum.users)
                try await audit.step()
                #expect(audit.drifted == 0, "\(random), step \(step)")
            }
        }
    }

    @Test("the audit finds what is wrong, says so once, and sets it right")
    func audited() async throws {
        try await thread(1)
        try await post(1)
        try await forum.store.write { try $0.run(Self.spoil) }
        let audit = ActivityAudit(forum.users)
        try await audit.step()
        #expect(audit.drifted == 1)
        #expect(try await counts() == ["1", "1", "0"])
        try await audit.step()
        #expect(audit.drifted == 1)
    }

    @Test("a snapshot that does not name a row takes it away")
    func rebuilt() async throws {
        try await thread(1)
        try await post(1)
        try await post(2)
        try await reactions(2, 4, version: 2)
        let projection = try #require(
            forum.users.projections.first { $0.source == "posts" })
        try await forum.store.write { try projection.mark(in: $0) }
        #expect(try await counts() == ["1", "2", "4"])
        try await post(2)
        try await forum.store.write { try projection.sweep(in: $0) }
        #expect(try await counts() == ["1", "1", "0"])
    }

    @Test("when somebody was last there is known to ten minutes, and no more than that")
    func seen() async throws {
        func seen() async throws -> String? {
            try await forum.get("/api/users/1").member("lastSeenAt")
        }
        #expect(try await seen() == "null")
        let tokens = try await forum.signIn("ada")
        let first = try await seen()
        #expect(first?.contains("T") == true)
        forum.pass(seconds: 599)
        let next = try Tokens(await forum.refresh(tokens.refresh))
        #expect(try await seen() == first)
        forum.pass(seconds: 1)
        _ = try await forum.refresh(next.refresh)
        #expect(try await seen() != first)
    }

    private static let spoil = Query<Void, Void>(
        "UPDATE users SET post_count = 7, reactions_received = 1 WHERE id = 1")
}
