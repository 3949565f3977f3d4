import Fixture
import Glibc
import HTTP
import Seeding
import Testing

/// Several processes of one service over one store.
@Suite("Replicas of one service", .serialized, .fewAtOnce, .timeLimit(.minutes(3)))
struct ReplicaTests {
    private static let replicas = ["topics": 2, "messages": 3]
    private static let people: ClosedRange<Int64> = 1...3

    @Test(
        "one of them follows each source; when it is killed another does, and no effect is lost"
    )
    func lease() async throws {
        var random = SeededRandom()
        let forum = try await System.split(replicas: Self.replicas)
        try await forum.bulk(
            "/api/users/bulk", Self.people.map { #"{"id":\#($0),"username":"user\#($0)"}"# })
        let people = try Self.people.map { try forum.person($0) }
        let before = Writers(forum, seed: random.next())
        try await before.run(people, count: 8)
        let messages = (1...3).map { "messages-\($0)" }
        let topics = (1...2).map { "topics-\($0)" }
        let first = await forum.holders(of: "posts", among: topics)
        let second = await forum.holders(of: "threads", among: messages)
        #expect(first.count == 1 && second.count == 1)
        for name in first + second { await forum.kill(name) }
        let after = Writers(forum, seed: random.next())
        try await after.run(people, count: 8)
        let rest = messages.filter { !second.contains($0) }
        #expect(await eventually { await forum.holders(of: "threads", among: rest).count == 1 })
        let other = topics.filter { !first.contains($0) }
        #expect(await eventually { await forum.holders(of: "posts", among: other) == other })
        let receipts = before.receipts + after.receipts
        for receipt in receipts where receipt.isThread {
            _ = try await forum.openingPost(of: receipt.id)
        }
        try await forum.agree(on: ["threads", "posts"])
        try await expectAll(of: receipts, in: forum, "\(random)")
        await forum.stop()
        let recount = try Recount(forum.folder)
        try recount.expectAgreement()
        await recount.close()
    }

    @Test("two that start on a new folder at once are one issuer, with one invite")
    func issuer() async throws {
        let forum = try await System.split(replicas: ["users": 2])
        let names = ["users-1", "users-2"]
        let invites = names.map { Invite.printed(by: forum.program($0)) }
        let invite = try #require(invites[0])
        #expect(invites[1] == invite)
        var sets: Set<String> = []
        for name in names {
            sets.insert(try await forum.ask(name, "/api/users/.well-known/jwks.json").text)
        }
        #expect(sets.count == 1)
        let account = #"{"username":"root","password":"correct horse battery""#
        let made = try await forum.send(
            .post, "/api/users", account + #","invite":"\#(invite)"}"#)
        #expect(made.status == 201, "\(made.text)")
        let session = try await forum.send(.post, "/api/users/sessions", account + "}")
        var token = try session.string("refreshToken")
        // The gateway sends each request to the other of the two.
        for _ in 1...4 {
            let next = try await forum.send(
                .post, "/api/users/sessions/refresh", #"{"refreshToken":"\#(token)"}"#)
            #expect(next.status == 200, "\(next.text)")
            token = try next.string("refreshToken")
            let admin = Person(id: 1, token: try next.string("accessToken"))
            for _ in names {
                #expect(await forum.status(.get, "/api/users/audit", by: admin) == 200)
            }
        }
        await forum.stop()
    }

    @Test("one that hangs is replaced, and does nothing twice when it goes on")
    func frozen() async throws {
        let forum = try await System.split(replicas: ["messages": 2])
        try await forum.bulk("/api/users/bulk", [#"{"id":1,"username":"user1"}"#])
        let person = try forum.person(1)
        let names = ["messages-1", "messages-2"]
        var threads = [try await forum.open(#"{"title":"First","text":"1"}"#, by: person)]
        _ = try await forum.openingPost(of: threads[0])
        let holder = try #require(await forum.holders(of: "threads", among: names).first)
        let other = names.filter { $0 != holder }
        let program = forum.program(holder)
        program.send(SIGSTOP)
        for number in 2...5 {
            let body = #"{"title":"More","text":"\#(number)"}"#
            threads.append(try await forum.open(body, by: person))
        }
        // Its lease ends, and nothing else of it.
        #expect(
            await eventually(withinSeconds: 40) {
                await forum.holders(of: "threads", among: other) == other
            })
        for thread in threads { _ = try await forum.openingPost(of: thread) }
        program.send(SIGCONT)
        threads.append(try await forum.open(#"{"title":"Last","text":"6"}"#, by: person))
        for thread in threads { _ = try await forum.openingPost(of: thread) }
        #expect(await eventually { await forum.holders(of: "threads", among: names).count == 1 })
        let posts = try await forum.everything("/api/posts?fields=text&limit=200")
        #expect(try posts.map { try $0.string("text") }.sorted() == (1...6).map { "\($0)" })
        await forum.stop()
    }
}

extension System {
    /// The instances that project what `source` tells.
    fileprivate func holders(of source: String, among names: [String]) async -> [String] {
        var holders: [String] = []
        for name in names {
            // Whoever does not answer holds nothing.
            let held = try? await metric(name, "feed_projecting", #"source="\#(source)""#)
            if held == 1 { holders.append(name) }
        }
        return holders
    }
}
