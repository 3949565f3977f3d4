import Fixture
import HTTP
import Seeding
import Testing

@Suite("Pages while others write")
struct PagingPropertyTests {
    /// What a reader of all pages has seen, while threads came and were answered in between.
    private struct Reading {
        var seen: [Int] = []
        var answered: Set<Int> = []
        var newer: [Int] = []
    }

    private static let threads = 40
    private static let walks = 6

    private func read(
        _ target: String, _ forum: TopicsForum, _ random: inout SeededRandom
    ) async throws -> Reading {
        var reading = Reading()
        var posts = Int.random(in: 1_000_000...9_000_000, using: &random)
        var writes = Self.threads
        var newer: String?
        var next: String? = target
        while let page = next {
            let answer = try await forum.get(page)
            reading.seen += try answer.ids
            newer = answer.link("newer") ?? newer
            next = answer.link("next")
            // Bounded, or the reader of an ascending list would never come to its end.
            for _ in 0..<min(Int.random(in: 0...3, using: &random), writes) {
                writes -= 1
                if Bool.random(using: &random) {
                    try await forum.start("Another")
                    continue
                }
                let thread = Int.random(in: 1...Self.threads, using: &random)
                reading.answered.insert(thread)
                posts += 1
                try await forum.hear([Post(id: posts, thread: thread, number: posts)])
            }
        }
        while let page = newer {
            let answer = try await forum.get(page)
            reading.newer += try answer.ids
            newer = answer.link("next")
        }
        return reading
    }

    @Test(
        "no thread comes twice and none is left out that was there throughout",
        arguments: ["id", "created", "activity", "replies", "hot"])
    func pages(sort: String) async throws {
        var random = SeededRandom()
        let forum = try TopicsForum()
        for number in 1...Self.threads {
            try await forum.start("Thread \(number)")
            forum.pass(milliseconds: Int64.random(in: 0...1, using: &random))
            let replies = Int.random(in: 0...3, using: &random)
            try await forum.hear(
                (0..<replies).map { Post(id: number * 10 + $0, thread: number, number: $0 + 2) })
        }
        for order in ["asc", "desc"] {
            for walk in 1...Self.walks {
                let limit = Int.random(in: 1...9, using: &random)
                let reading = try await read(
                    "/api/threads?fields=id&sort=\(sort)&order=\(order)&limit=\(limit)", forum,
                    &random)
                let name = "\(sort) \(order), walk \(walk), \(random)"
                check(reading, sort, order, name)
            }
        }
    }

    private func check(_ reading: Reading, _ sort: String, _ order: String, _ name: String) {
        let all = Set(1...Self.threads)
        let seen = Set(reading.seen)
        var repeated = reading.seen
        for id in seen { repeated.remove(at: repeated.firstIndex(of: id)!) }
        // Where replies decide and the way is upward, what was answered meanwhile is met again.
        let isMetAgain = order == "asc" && (sort == "replies" || sort == "hot")
        #expect(
            isMetAgain ? Set(repeated).isSubset(of: reading.answered) : repeated.isEmpty, "\(name)")
        let missing = all.subtracting(seen)
        switch sort {
        case "id", "created": #expect(missing.isEmpty, "\(name)")
        case "activity":
            #expect(missing.isSubset(of: reading.answered), "\(name)")
            #expect(missing.isSubset(of: reading.newer), "\(name): not even at the top")
        default:
            #expect(missing.isSubset(of: order == "asc" ? [] : reading.answered), "\(name)")
        }
    }
}
