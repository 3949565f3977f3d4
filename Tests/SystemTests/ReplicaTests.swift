import Fixture
import HTTP
import Seeding
import Testing

/// Several processes of one service over one store.
@Suite("Replicas of one service", .timeLimit(.minutes(3)))
struct ReplicaTests {
    private static let replicas = ["topics": 2, "messages": 3]
    private static let people: ClosedRange<Int64> = 1...3

    @Test("one of them follows each source; when it is killed another does, with no effect twice")
    func lease() async throws {
        var random = SeededRandom()
        let forum = try await SplitForum(replicas: Self.replicas)
        try await forum.bulk(
            "/api/users/bulk", Self.people.map { #"{"id":\#($0),"username":"user\#($0)"}"# })
        let people = try Self.people.map { try forum.person($0) }
        let before = Writers(forum, seed: random.next())
        try await before.run(people, count: 8)
        let messages = (1...3).map { "messages-\($0)" }
        let topics = (1...2).map { "topics-\($0)" }
        #expect(await forum.holders(of: "posts", among: topics).count == 1)
        let holders = await forum.holders(of: "threads", among: messages)
        #expect(holders.count == 1)
        let holder = try #require(holders.first)
        await forum.kill(holder)
        let after = Writers(forum, seed: random.next())
        try await after.run(people, count: 8)
        let others = messages.filter { $0 != holder }
        #expect(
            await eventually(withinSeconds: 40) {
                await forum.holders(of: "threads", among: others).count == 1
            })
        let receipts = before.receipts + after.receipts
        for receipt in receipts where receipt.isThread {
            _ = try await forum.openingPost(of: receipt.id)
        }
        try await expectAll(of: receipts, in: forum, "\(random)")
        try await forum.agree(on: ["threads", "posts"])
        for name in topics + others + ["users-1"] { await forum.stop(name) }
        let recount = try Recount(forum.folder)
        try recount.expectAgreement()
        await recount.close()
    }
}

extension SplitForum {
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
