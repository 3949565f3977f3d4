import Fixture
import HTTP
import Testing

@Suite("Pages")
struct PagingTests {
    /// The ids along the links of one relation.
    private func walk(
        _ forum: RunningForum, _ start: String, _ relation: String
    ) async throws -> [[Int]] {
        var pages: [[Int]] = []
        var target: String? = start
        while let here = target {
            let answer = try await forum.get(here)
            try #require(answer.status == 200)
            pages.append(
                answer.text.split { !$0.isNumber }.compactMap { Int($0) })
            target = answer.link(relation)
        }
        return pages
    }

    @Test(
        "rows that are there throughout are seen once each, whatever is inserted meanwhile",
        arguments: Deployment.allCases, [1, 2, 3, 4] as [UInt64])
    func concurrentInserts(deployment: Deployment, seed: UInt64) async throws {
        var random = Seeded(seed)
        // Every third id is free, for rows that come between.
        let there = (1...200).map { $0 * 3 }
        let lines = there.map { #"{"id":\#($0),"thread":\#($0 % 2 + 1),"text":"t","user":7}"# }
            .shuffled(using: &random)
        let lists = [
            ("/api/posts", there), ("/api/posts/by-user/7", there),
            ("/api/posts/in-thread/2", there.filter { $0 % 2 == 1 }),
        ]
        try await deployment.run { forum in
            // Number 7 is who writes through the front door, too.
            _ = try await forum.bulk("/api/users/bulk", [#"{"id":6,"username":"six"}"#])
            let writer = try await Members(forum.transport).join("seven")
            let threads = (1...2).map { #"{"id":\#($0),"title":"Title","createdBy":7}"# }
            _ = try await forum.bulk("/api/threads/bulk", threads)
            _ = try await forum.bulk("/api/posts/bulk", lines)
            for (list, expected) in lists {
                let limit = Int.random(in: 1...60, using: &random)
                let between = (1...600).filter { $0 % 3 > 0 }.shuffled(using: &random).prefix(40)
                async let inserting: Void = insert(between, into: forum, as: writer)
                let pages = try await walk(forum, "\(list)?limit=\(limit)&fields=id", "next")
                try await inserting
                let seen = pages.flatMap(\.self)
                #expect(Set(seen).count == seen.count, "seed \(seed) \(list): a row came twice")
                #expect(Set(expected).isSubset(of: seen), "seed \(seed) \(list): one is missing")
                #expect(pages.allSatisfy { $0.count <= limit })
            }
        }
    }

    private func insert(
        _ ids: ArraySlice<Int>, into forum: RunningForum, as writer: Member
    ) async throws {
        for id in ids {
            let line = #"{"id":\#(id),"thread":\#(id % 2 + 1),"text":"t","user":7}"#
            _ = try await forum.bulk("/api/posts/bulk", [line])
            let body = #"{"thread":2,"text":"new","user":7}"#
            #expect(try await forum.post("/api/posts", body, as: writer).status == 201)
        }
    }

    @Test("walking back shows the same rows as walking forth", arguments: Deployment.allCases)
    func backwards(deployment: Deployment) async throws {
        let lines = (1...57).map { #"{"title":"Title \#($0)","createdBy":1}"# }
        try await deployment.run { forum in
            _ = try await forum.bulk("/api/threads/bulk", lines)
            let forth = try await walk(forum, "/api/threads?limit=10&fields=id", "next")
            #expect(forth.flatMap(\.self) == Array(1...57))
            var last = "/api/threads?limit=10&fields=id"
            while let next = try await forum.get(last).link("next") { last = next }
            let back = try await walk(forum, last, "prev")
            #expect(back.reversed().flatMap(\.self) == Array(1...57))
            #expect(back.reversed().map(\.count) == [10, 10, 10, 10, 10, 7])
        }
    }

    @Test("a page has 50 rows unless asked otherwise, and says if there are more")
    func usualPage() async throws {
        let lines = (1...51).map { #"{"username":"user\#($0)"}"# }
        try await Deployment.monolith.run { forum in
            _ = try await forum.bulk("/api/users/bulk", lines)
            let first = try await forum.get("/api/users?fields=id")
            #expect(first.text.split(separator: ",").count == 50)
            let next = try #require(first.link("next"))
            #expect(try await forum.get(next).text == #"[{"id":51}]"#)
            #expect(try await forum.get("/api/users?limit=51").link("next") == nil)
        }
    }
}
