import Fixture
import HTTP
import Testing
import TopicsAPI

@Suite("What lists cost", .serialized)
struct ListCostTests {
    /// Steps of SQLite for a page of ten threads, with all that is shown beside them: about forty
    /// statements. A walk over hidden threads one by one would take hundreds of thousands.
    private static let stepsMax = 2_500

    private static let targets: [String] =
        ["id", "created", "activity", "replies", "hot"].flatMap { sort in
            ["asc", "desc"].flatMap { order in
                ["", "&category=1"].map { "/api/threads?sort=\(sort)&order=\(order)\($0)" }
            }
        }
        + ["id", "activity"].flatMap { sort in
            ["asc", "desc"].flatMap { order in
                ["&tag=common", "&createdBy=7"].map {
                    "/api/threads?sort=\(sort)&order=\(order)\($0)"
                }
            }
        } + ["/api/threads?pinned=1", "/api/threads?pinned=1&category=1"]

    @Test("a page costs the same however many threads are hidden, at the beginning and deep inside")
    func bounded() async throws {
        let large = try await LargeForum(threads: 30_000)
        for name in [nil, "finn", "jake", "bubblegum", "simon"] as [String?] {
            for target in Self.targets {
                var next: String? = "\(target)&limit=10"
                var pages = 0
                while let page = next, pages < 12 {
                    let (answer, steps) = try await large.cost(page, as: name)
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect(steps < Self.stepsMax, "\(steps): \(page) as \(name ?? "a guest")")
                    next = answer.link("next")
                    pages += 1
                }
            }
        }
        let seen = try await large.forum.ids("/api/threads?limit=200&sort=hot")
        #expect(seen == stride(from: 6_000, to: 4_000, by: -10).map(\.self))
        #expect(large.forum.unexpectedErrors == [])
    }

    @Test("a filter without an index looks at so many threads and no more, and says where to go on")
    func budget() async throws {
        let large = try await LargeForum(threads: 30_000)
        let target = "/api/threads?tag=common&createdBy=8&limit=10"
        let (first, steps) = try await large.cost(target, as: "bubblegum")
        #expect(try first.ids == [])
        #expect(steps < TopicLimits.looksMax * 150, "\(steps)")
        var next = first.link("next")
        var pages = 1
        while let page = next {
            let answer = try await large.forum.get(page, as: "bubblegum")
            #expect(try answer.ids == [])
            next = answer.link("next")
            pages += 1
        }
        // What moderators see: half of all, in the general and in the hidden category.
        #expect(pages == 15_000 / TopicLimits.looksMax + 1)
    }

    @Test("the number of threads is known without counting, and is that of what is seen")
    func counted() async throws {
        let large = try await LargeForum(threads: 30_000)
        for (target, name, total) in [
            ("?", nil, "600"), ("?category=1", "finn", "600"),
            ("?sort=activity", "bubblegum", "15000"), ("?", "jake", "3600"),
            ("?createdBy=7", nil, "600"), ("?createdBy=7", "bubblegum", nil),
            ("?pinned=1", nil, "0"), ("?createdBy=7&tag=common", nil, "600"),
        ] as [(String, String?, String?)] {
            let whole = "/api/threads\(target)&count=exact&limit=1&fields=id"
            let answer = try await large.forum.get(whole, as: name)
            #expect(answer[FieldName("Total-Count")] == total, "\(target) as \(name ?? "a guest")")
        }
    }

    @Test("a common word costs a search no more in a large forum than in a small one")
    func searched() async throws {
        let small = try await LargeForum(threads: 3_000)
        let large = try await LargeForum(threads: 30_000)
        for query in ["common", "thread%20common", "comm*", "%22common%20thread%22"] {
            let target = "/api/threads/search?q=\(query)"
            _ = try await small.cost(target, as: "simon")
            _ = try await large.cost(target, as: "simon")
            let (few, one) = try await small.cost(target, as: "simon")
            let (many, other) = try await large.cost(target, as: "simon")
            #expect(try few.ids.count == 20 && many.ids.count == 20)
            #expect(other < one * 2, "\(one) and \(other) for \(query)")
            // A guest sees the oldest alone, behind tens of thousands that match as well.
            #expect(try await large.forum.ids(target).first == 6_000, "\(query)")
            let own = try await large.forum.ids("\(target)&category=\(large.backroom)", as: "jake")
            #expect(own.first == 29_991, "\(query)")
        }
    }
}
