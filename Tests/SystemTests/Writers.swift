import Fixture
import HTTP
import JSON
import Seeding
import Synchronization
import Testing

/// Clients that write at random, and send a request under its Idempotency-Key again until they are
/// told that it is done.
final class Writers: Sendable {
    /// What a client was told is there. `text` is unique.
    struct Receipt: Sendable {
        let text: String
        let author: Int64
        let isThread: Bool
        let id: Int64
        let thread: Int64
    }

    private let forum: System
    private let seed: UInt64
    private let done = Mutex<[Receipt]>([])
    private let again = Mutex(0)

    init(_ forum: System, seed: UInt64) {
        self.forum = forum
        self.seed = seed
    }

    var receipts: [Receipt] { done.withLock { $0 } }
    /// Requests that had to be sent once more.
    var repetitions: Int { again.withLock { $0 } }

    /// Lets each of these people write `count` times, all at once.
    func run(_ people: [Person], count: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for person in people {
                group.addTask { try await self.write(as: person, count: count) }
            }
            try await group.waitForAll()
        }
    }

    /// Lets a moderator ban these users, spread over the writing of `total` others.
    func ban(_ victims: [Int64], by moderator: Person, among total: Int) async throws {
        for (index, victim) in victims.enumerated() {
            let share = total * index / (victims.count + 1)
            _ = await eventually(withinSeconds: 60) { receipts.count >= share }
            _ = try await insist(
                "/api/users/\(victim)/bans", #"{"reason":"spam","scope":"write"}"#,
                key: "ban-\(victim)", as: moderator)
        }
    }

    private func write(as person: Person, count: Int) async throws {
        var random = Seeded(seed ^ UInt64(person.id))
        var threads: [Int64] = []
        for number in 0..<count {
            let text = "\(person.id)/\(number)/\(random.next())"
            let thread = threads.randomElement(using: &random)
            let opens = thread == nil || Int.random(in: 0..<4, using: &random) == 0
            let receipt =
                opens
                ? try await open(text, as: person)
                : try await reply(text, to: thread ?? 0, as: person)
            if opens { threads.append(receipt.id) }
            done.withLock { $0.append(receipt) }
        }
    }

    private func open(_ text: String, as person: Person) async throws -> Receipt {
        let body = #"{"title":"\#(text)","text":"\#(text)"}"#
        let answer = try await insist("/api/threads", body, key: text, as: person)
        let id = try answer.integer("id")
        return Receipt(text: text, author: person.id, isThread: true, id: id, thread: id)
    }

    private func reply(
        _ text: String, to thread: Int64, as person: Person
    ) async throws -> Receipt {
        let body = #"{"thread":\#(thread),"text":"\#(text)"}"#
        let answer = try await insist("/api/posts", body, key: text, as: person)
        return Receipt(
            text: text, author: person.id, isThread: false, id: try answer.integer("id"),
            thread: try answer.integer("thread"))
    }

    /// Sends it until it is done; a refusal that no repetition can change is an issue.
    private func insist(
        _ target: String, _ body: String, key: String, as person: Person
    ) async throws -> Answer {
        var answer: Answer?
        let isDone = await eventually(withinSeconds: 60) {
            // Who gets no answer asks again.
            answer = try? await forum.send(
                .post, target, by: person, body, [.idempotencyKey: "\"\(key)\""])
            if let status = answer?.status, status < 500, status != 409 { return true }
            again.withLock { $0 += 1 }
            return false
        }
        let last = try #require(answer, "\(target) never answered")
        #expect(isDone && last.status == 201, "\(last.status) \(last.text)")
        return last
    }
}
