import Fixture
import HTTP
import Seeding
import Testing

/// Several processes of one service over one store.
@Suite("Replicas of one service", .timeLimit(.minutes(3)))
struct ReplicaTests {
    private static let replicas = ["topics": 2, "messages": 3]
    private static let people: ClosedRange<Int64> = 1...3

    @Test(
        "one of them follows each source; when it is killed another does, with no effect lost or doubled"
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
        try await expectAll(of: receipts, in: forum, "\(random)")
        try await forum.agree(on: ["threads", "posts"])
        await forum.stop()
        let recount = try Recount(forum.folder)
        try recount.expectAgreement()
        await recount.close()
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
