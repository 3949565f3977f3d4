import Fixture
import HTTP
import Outbox
import SQLite
import Testing
import TopicsAPI
import TopicsService

@Suite("Work on many threads")
struct JobTests {
    private static let count = 2 * TopicLimits.jobRowsMax + 7

    private enum Fill {
        /// How many threads in category 2, with the tag `old`.
        static let topics = Query<Int64, Void>(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version,
                category, activity, hot, serial, tag_count, tag_names, post_count)
            SELECT i, 'Thread ' || i, 3, 'thread', i, i, 1, 2, i, i, i, 1, 'old', 2 FROM n
            """)
        static let words = Query<Void, Void>("INSERT INTO search (search) VALUES ('rebuild')")
        static let tag = Query<Void, Void>("INSERT INTO tags (id, name) VALUES (1, 'old')")
        static let tags = Query<Void, Void>(
            """
            INSERT INTO topic_tags (tag, topic, position, activity)
            SELECT 1, id, 0, activity FROM topics
            """)
        static let tagCounts = Query<Int64, Void>(
            "INSERT INTO tag_counts (tag, category, count) VALUES (1, 2, ?1)")
        static let counts = Query<Int64, Void>(
            "UPDATE categories SET thread_count = ?1, post_count = 2 * ?1 WHERE id = 2")
    }

    private func forum(_ folder: TemporaryFolder) async throws -> TopicsForum {
        let forum = try TopicsForum(folder: folder)
        _ = try await forum.send(
            .post, "/api/threads/categories", as: "simon", #"{"name":"Sea"}"#)
        try await forum.store.write { transaction in
            let count = Int64(JobTests.count)
            try transaction.run(Fill.topics, count)
            try transaction.run(Fill.words)
            try transaction.run(Fill.tag)
            try transaction.run(Fill.tags)
            try transaction.run(Fill.tagCounts, count)
            try transaction.run(Fill.counts, count)
        }
        return forum
    }

    private func visible(_ forum: TopicsForum, _ more: String = "") async throws -> Int {
        var next: String? = "/api/threads?limit=200&fields=id\(more)"
        var ids: Set<Int> = []
        while let page = next {
            let answer = try await forum.get(page)
            ids.formUnion(try answer.ids)
            next = answer.link("next")
        }
        return ids.count
    }

    @Test("a large category moves in short steps that outlive the process; it is gone at once")
    func moved() async throws {
        let folder = TemporaryFolder()
        let forum = try await forum(folder)
        let answer = try await forum.send(
            .delete, "/api/threads/categories/sea?moveTo=general", as: "simon")
        #expect(answer.status == 202)
        let (job, max) = (try #require(answer[.location]), TopicLimits.jobRowsMax)
        #expect(try answer.member("state") == #""running""#)
        #expect(try answer.member("progress") == #"{"threads":"\#(max)/\#(Self.count)"}"#)
        #expect(try await forum.get("/api/threads/categories/sea").status == 404)
        #expect(try await forum.ids("/api/threads/categories") == [1])
        #expect(try await visible(forum) == Self.count)
        #expect(try await visible(forum, "&category=1") == max)
        let late = try await forum.send(
            .post, "/api/threads", as: "finn", #"{"title":"Too late","category":2}"#)
        #expect(late.status == 404)
        await forum.store.close()

        let next = try TopicsForum(folder: folder)
        #expect(try await next.topics.continueJobs())
        #expect(try await next.topics.continueJobs())
        #expect(try await next.topics.continueJobs() == false)
        #expect(try await next.get(job, as: "simon").member("progress") == #"{"threads":"done"}"#)
        #expect(try await next.get(job, as: "finn").status == 403)
        #expect(try await visible(next, "&category=1") == Self.count)
        let general = try await next.get(
            "/api/threads/categories/1?fields=threadCount,postCount")
        #expect(
            general.text == #"{"threadCount":\#(Self.count),"postCount":\#(2 * Self.count)}"#)
        let tags = try await next.get("/api/threads/tags")
        #expect(tags.text == #"[{"name":"old","count":\#(Self.count)}]"#)
        #expect(try await next.events().count == min(1000, Self.count))
    }

    @Test("a category that closes is closed at once, however long its threads take to follow")
    func closed() async throws {
        let forum = try await forum(TemporaryFolder())
        let tag = try #require(try await forum.get("/api/threads/categories/2")[.etag])
        let answer = try await forum.send(
            .patch, "/api/threads/categories/2", as: "simon",
            #"{"permissions":{"read":"moderator"}}"#, match: tag)
        #expect(answer.status == 200)
        for target in [
            "?sort=hot", "?sort=activity", "?tag=old", "?createdBy=3", "?fields=id,title",
        ] {
            var next: String? = "/api/threads\(target)"
            while let page = next {
                let answer = try await forum.get(page)
                #expect(answer.text == "[]", "\(page)")
                next = answer.link("next")
            }
        }
        #expect(try await forum.get("/api/threads?count=exact")[FieldName("Total-Count")] == "0")
        #expect(try await forum.ids("/api/threads/search?q=thread") == [])
        #expect(try await forum.get("/api/threads/tags").text == "[]")
        while try await forum.topics.continueJobs() {}
        let whole = try await forum.get("/api/threads?count=exact&limit=1", as: "bubblegum")
        #expect(whole[FieldName("Total-Count")] == "\(Self.count)")
        let hidden = try await forum.ids("/api/threads?sort=hot&limit=1", as: "bubblegum")
        #expect(hidden == [Self.count])
    }

    @Test("a tag that is merged is another one at once, and all its threads become threads of that")
    func merged() async throws {
        let forum = try await forum(TemporaryFolder())
        let both = try await forum.start("Both", as: "finn", #","tags":["new","old"]"#)
        let answer = try await forum.send(
            .patch, "/api/threads/tags/old", as: "bubblegum", #"{"mergeInto":"new"}"#)
        #expect(answer.status == 200)
        #expect(try await forum.get("/api/threads/tags?q=old").text == "[]")
        #expect(try await forum.ids("/api/threads?tag=old") == [])
        let late = try await forum.start("Late", as: "finn", #","tags":["old"]"#)
        #expect(try await forum.get("/api/threads/\(late)").member("tags") == #"["new"]"#)
        while try await forum.topics.continueJobs() {}
        #expect(try await visible(forum, "&tag=new") == Self.count + 2)
        #expect(try await forum.get("/api/threads/\(both)").member("tags") == #"["new"]"#)
        #expect(try await forum.get("/api/threads/1").member("version") == "2")
        #expect(
            try await forum.get("/api/threads/tags").text
                == #"[{"name":"new","count":\#(Self.count + 2)}]"#)
        #expect(try await forum.send(.delete, "/api/threads/tags/old", as: "simon").status == 404)
    }

    @Test("what a deleted account wrote is taken out step by step, and told when it is done")
    func erased() async throws {
        let forum = try await forum(TemporaryFolder())
        try await forum.project("users", [Somebody.deleted(3, "erase")])
        #expect(try await forum.events().contains { $0.kind == "cascade.done" } == false)
        while try await forum.topics.continueJobs() {}
        #expect(try await forum.get("/api/threads/1").member("title") == #""[removed]""#)
        #expect(
            try await forum.get("/api/threads/\(Self.count)").member("title") == #""[removed]""#)
        let page = try await forum.topics.feed.page(
            after: 1000, epoch: nil, limit: 1000, waitMilliseconds: 0)
        guard case .events(let entries, _) = page else {
            Issue.record("the feed begins anew")
            return
        }
        #expect(entries.last?.event.kind == "cascade.done")
    }
}
