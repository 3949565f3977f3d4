import Fixture
import HTTP
import JSON
import Seeding
import Testing

/// Services that are killed again and again while people write.
@Suite("Killed while people write", .serialized, .fewAtOnce, .timeLimit(.minutes(3)))
struct KillTests {
    private static let kills = 6
    private static let people: ClosedRange<Int64> = 1...4
    private static let writes = 40
    private static let victims: ClosedRange<Int64> = 11...22

    @Test(
        "whatever was acknowledged is there once, and the stores agree to the last row",
        arguments: System.Architecture.allCases)
    func kills(_ architecture: System.Architecture) async throws {
        var random = SeededRandom()
        let forum = try await System.start(architecture)
        let users = [5] + Array(Self.people) + Array(Self.victims)
        try await forum.bulk(
            "/api/users/bulk", users.map { #"{"id":\#($0),"username":"user\#($0)"}"# })
        let roles = #"{"roles":["moderator"]}"#
        #expect(await forum.status(.put, "/api/users/5/roles", by: .operator, roles) == 200)
        let people = try Self.people.map { try forum.person($0) }
        let moderator = try forum.person(5)
        let writers = Writers(forum, seed: random.next())
        let total = people.count * Self.writes
        async let writing: Void = writers.run(people, count: Self.writes)
        async let banning: Void = writers.ban(
            Array(Self.victims), by: moderator, among: total)
        for kill in 1...Self.kills {
            // Spread over the writing: each waits until some more of it is done.
            let share = total * kill / (Self.kills + 2)
            _ = await eventually(withinSeconds: 60) { writers.receipts.count >= share }
            let name = "\(forum.services.randomElement(using: &random)!)-1"
            await forum.kill(name)
            try await forum.start([name])
        }
        try await writing
        try await banning
        try await forum.agree(on: ["users", "threads", "posts"])
        for victim in Self.victims {
            let bans = try await forum.everything("/api/users/\(victim)/bans", by: moderator)
            #expect(bans.count == 1, "user \(victim); \(random)")
        }
        try await expectAll(of: writers.receipts, in: forum, "\(random)")
        #expect(
            try await forum.metric(forum.running("topics"), "projection_drift_total{") ?? 0 == 0)
        await forum.stop()
        let recount = try Recount(forum.folder)
        try recount.expectAgreement()
        await recount.close()
    }
}

/// Records what was acknowledged and is not there once, as readers see it.
func expectAll(
    of receipts: [Writers.Receipt], in forum: System, _ seed: String
) async throws {
    var titles: [String: Int64] = [:]
    for thread in try await forum.everything("/api/threads?fields=id,title&limit=200") {
        let (id, title) = try (thread.integer("id"), thread.string("title"))
        #expect(titles.updateValue(id, forKey: title) == nil, "\(title) is there twice; \(seed)")
    }
    var texts: [String: (id: Int64, thread: Int64)] = [:]
    for post in try await forum.everything("/api/posts?fields=id,thread,text&limit=200") {
        let (id, thread) = try (post.integer("id"), post.integer("thread"))
        let text = try post.string("text")
        let twice = texts.updateValue((id, thread), forKey: text)
        #expect(twice == nil, "\(text) is there twice; \(seed)")
    }
    #expect(titles.count == receipts.count(where: \.isThread), "\(seed)")
    #expect(texts.count == receipts.count, "\(seed)")
    for (author, own) in Dictionary(grouping: receipts, by: \.author) {
        let user = try await forum.get("/api/users/\(author)")
        let threads = own.count(where: \.isThread)
        #expect(try user.integer("threadCount") == threads, "user \(author); \(seed)")
        #expect(try user.integer("postCount") == own.count, "user \(author); \(seed)")
    }
    for receipt in receipts {
        let post = texts[receipt.text]
        #expect(post?.thread == receipt.thread, "\(receipt.text); \(seed)")
        if receipt.isThread {
            #expect(titles[receipt.text] == receipt.id, "\(receipt.text); \(seed)")
        } else {
            #expect(post?.id == receipt.id, "\(receipt.text); \(seed)")
        }
    }
}

extension System {
    /// Every row of a list, page by page.
    func everything(_ first: String, by person: Person? = nil) async throws -> [Answer.Row] {
        var rows: [Answer.Row] = []
        var next: String? = first
        while let target = next {
            let answer = try await get(target, by: person)
            guard case .array(let elements) = try answer.json else {
                throw Answer.Missing(name: "an array", text: answer.text)
            }
            rows += elements.map(Answer.Row.init)
            next = answer.link("next")
        }
        return rows
    }
}

extension Answer {
    /// One element of a list.
    struct Row {
        let json: JSONValue

        func integer(_ name: StaticString) throws -> Int64 {
            guard case .integer(let number) = json[name] else { throw missing(name) }
            return number
        }

        func string(_ name: StaticString) throws -> String {
            guard case .string(let text) = json[name] else { throw missing(name) }
            return text
        }

        private func missing(_ name: StaticString) -> Missing {
            Missing(name: "\(name)", text: JSONText.of(json))
        }
    }
}
