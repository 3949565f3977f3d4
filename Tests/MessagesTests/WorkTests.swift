import Bytes
import Fixture
import HTTP
import MessagesService
import SQLite
import Testing

/// What a page costs, counted in steps of SQLite and in pages it looks at: the same in a store with
/// twenty times as many messages, nearly all of which the reader may not see.
@Suite("The work of a page", .timeLimit(.minutes(5)))
struct WorkTests {
    private static let targets = [
        "/api/posts?limit=20", "/api/posts?limit=20&order=desc", "/api/posts/by-user/4?limit=20",
        "/api/posts/by-user/4?limit=20&order=desc", "/api/posts/in-thread/1?limit=20",
        "/api/posts/in-thread/1?limit=20&order=desc", "/api/posts/in-thread/2?limit=20",
        "/api/posts/mentions?limit=20", "/api/posts/mentions?limit=20&order=desc",
        "/api/posts/1/replies?limit=20", "/api/posts/1/replies?limit=20&order=desc",
        "/api/posts/1/context", "/api/posts/1/context?after=50", "/api/posts/search?q=common",
        "/api/posts/search?q=common&thread=1", "/api/posts/search?q=common&user=4",
        "/api/posts/search?q=common%20word&thread=1&user=4",
        "/api/posts/search?q=common&before=1970-01-01T00:00:30Z", "/api/posts/search?q=nowhere",
    ]

    private struct Cost {
        let target: String
        let work: StepMeter.Work
        let rows: Int
    }

    /// Of `count` messages the guest sees eighty: one in thread 1 now and then, between others
    /// that were deleted, and those of the hidden thread 2.
    private func forum(count: Int64) async throws -> SignedForum {
        let forum = try SignedForum()
        try await forum.followThreads()
        try await forum.takeThread(1)
        try await forum.takeThread(2, #","visibility":"hidden""#)
        try await forum.store.write { transaction in
            try transaction.run(Self.fill, count, count / 80)
            try transaction.run(Self.mention)
            try transaction.run(Self.rebuild)
        }
        return forum
    }

    private func costs(_ forum: SignedForum, _ viewer: String?) async throws -> [Cost] {
        var costs: [Cost] = []
        for target in Self.targets where viewer != nil || !target.contains("mentions") {
            var next: String? = target
            for page in 1...3 {
                guard let link = next else { break }
                // A page that is asked for again is cut into the cache: only the second counts.
                let answer = try await forum.get(link, as: viewer)
                #expect(answer.status == 200, "\(link)")
                let work = try await forum.meter.work { _ = try await forum.get(link, as: viewer) }
                let rows = answer.text.components(of: "\"createdAt\":")
                costs.append(Cost(target: "\(target) page \(page)", work: work, rows: rows))
                next = answer.link("next")
            }
        }
        return costs
    }

    @Test(
        "is the same however much is hidden or deleted around it",
        arguments: [nil, "4", "5", "9:moderator"])
    func constant(viewer: String?) async throws {
        let (small, large) = (try await forum(count: 2_000), try await forum(count: 40_000))
        let (before, after) = (try await costs(small, viewer), try await costs(large, viewer))
        for (few, many) in zip(before, after) {
            #expect(few.target == many.target)
            if viewer != "9:moderator" { #expect(few.rows == many.rows, "\(few.target)") }
            let steps = "\(few.target): \(few.work.steps) steps, then \(many.work.steps)"
            #expect(many.work.steps <= few.work.steps * 3 / 2 + 100, "\(steps)")
            let pages = "\(few.target): \(few.work.pages) pages, then \(many.work.pages)"
            #expect(many.work.pages <= few.work.pages * 2 + 100, "\(pages)")
            #expect(many.work.steps < 40_000, "\(steps)")
        }
        #expect(before.count == after.count)
        #expect(before.contains { $0.target.hasSuffix("page 3") && $0.rows == 20 })
    }

    /// How many, and how many to one that is shown.
    private static let fill = Query<(Int64, Int64), Void>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO messages (id, thread, number, user, text, created_at, version, html, excerpt,
            reply_to, reply_user, state, shelf)
        SELECT i, iif(i % ?2 = 1 OR i % 2 = 0, 1, 2), i, 4, 'a common word ' || i,
            i / ?2 * 1000, 1, '<p>', '',
            iif(i = 1, NULL, 1), 4, iif(i % ?2 = 1 OR i % 2 = 1, 0, 1), iif(i % ?2 = 1, 0, 2)
        FROM n
        """)
    private static let mention = Query<Void, Void>(
        """
        INSERT INTO mentions (user, message, shelfmark)
        SELECT 4, id, iif(state = 0, shelfmark, NULL) FROM messages
        """)
    private static let rebuild = Query<Void, Void>(
        "INSERT INTO search (search) VALUES ('rebuild')")
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
