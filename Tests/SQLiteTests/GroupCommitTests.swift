import Fixture
import SQLite
import Testing

@Suite(.timeLimit(.minutes(5)))
struct GroupCommitTests {
    let folder = TemporaryFolder()
    let store: Store

    init() throws { store = try Store.notes(folder) }

    @Test("a read after a write sees it, from any connection")
    func readYourWrite() async throws {
        let id = try await store.write { try $0.one(Notes.add, "hello") }
        let other = try Store.notes(folder)
        #expect(try store.read { try $0.first(Notes.text, id) } == "hello")
        #expect(try other.read { try $0.first(Notes.text, id) } == "hello")
    }

    @Test("requests that wait together share one commit")
    func oneCommit() async throws {
        let before = store.statistics.commits
        _ = await store.together(all: (1...20).map { n in { try $0.one(Notes.add, "note \(n)") } })
        #expect(store.statistics.commits - before == 1)
        #expect(store.statistics.largestBatch == 21)
        #expect(try store.count() == 20)
    }

    @Test("where commits are not to be shared, each request has its own")
    func commitsOfTheirOwn() async throws {
        var settings = StoreSettings()
        settings.requestsPerCommitMax = 1
        let store = try Store.notes(folder, "alone.sqlite", settings: settings)
        _ = await store.together(all: (1...20).map { n in { try $0.one(Notes.add, "\(n)") } })
        #expect(store.statistics.largestBatch == 1)
        #expect(store.statistics.commits == store.statistics.writes)
        #expect(try store.count() == 20)
    }

    @Test("requests run in the order in which they came")
    func order() async throws {
        _ = await store.together(all: (1...20).map { n in { try $0.one(Notes.add, "\(n)") } })
        #expect(try store.read { try $0.all(Notes.texts) } == (1...20).map(String.init))
    }

    @Test("a request that fails undoes only its own changes")
    func isolation() async throws {
        let results = await store.together(
            { try $0.one(Notes.add, "before") },
            { transaction in
                _ = try transaction.one(Notes.add, "undone")
                throw Refused()
            },
            { try $0.one(Notes.add, "after") },
        )
        #expect(try store.read { try $0.all(Notes.texts) } == ["before", "after"])
        #expect(throws: Refused.self) { try results[1].get() }
        #expect(throws: Never.self) { try (results[0].get(), results[2].get()) }
    }

    @Test("the first request of a commit fails alone, too")
    func firstFails() async throws {
        await #expect(throws: Refused.self) {
            try await store.write { transaction in
                _ = try transaction.one(Notes.add, "undone")
                throw Refused()
            }
        }
        #expect(try store.count() == 0)
        try await store.write { _ = try $0.one(Notes.add, "kept") }
        #expect(try store.count() == 1)
    }

    @Test("nobody sees a write before its commit, and nobody is answered before it")
    func nothingEarly() async throws {
        let gate = Gate()
        let answered = Flag()
        let write = Task {
            try await store.write { transaction in
                _ = try transaction.one(Notes.add, "early")
                gate.stop()
            }
            answered.raise()
        }
        await gate.waitUntilEntered()
        #expect(try store.count() == 0)
        #expect(!answered.isRaised)
        gate.open()
        try await write.value
        #expect(try store.count() == 1)
    }

    @Test("a request reads what requests before it in the same commit have written")
    func readsEarlierRequests() async throws {
        let results = await store.together(
            { Int(try $0.one(Notes.add, "one")) },
            { try $0.one(Notes.count) },
        )
        #expect(try results[1].get() == 1)
    }

    @Test("every one of many concurrent writes is kept, in far fewer commits")
    func manyWriters() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<64 {
                group.addTask {
                    for n in 0..<10 {
                        _ = try await store.write { try $0.one(Notes.add, "\(writer)/\(n)") }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.count() == 640)
        #expect(store.statistics.writes == 640)
        #expect(store.statistics.commits < 640)
    }

    @Test("a full queue refuses the next write as overloaded")
    func overloaded() async throws {
        var settings = StoreSettings()
        settings.pendingWritesMax = 2
        let store = try Store.notes(folder, "small.sqlite", settings: settings)
        let gate = Gate()
        async let first: Void = store.write { _ in gate.stop() }
        await gate.waitUntilEntered()
        async let second = store.write { try $0.one(Notes.add, "second") }
        async let third = store.write { try $0.one(Notes.add, "third") }
        await until { store.statistics.queueDepth == 2 }
        await #expect(throws: DatabaseError.overloaded(path: store.path)) {
            try await store.write { try $0.one(Notes.add, "fourth") }
        }
        gate.open()
        _ = try await (first, second, third)
        #expect(try store.count() == 2)
        #expect(store.statistics.refusedWrites == 1)
    }

    @Test("a large request ends its commit, so that the next one begins without it")
    func largeRequest() async throws {
        let before = store.statistics.commits
        _ = await store.together(
            { transaction in
                for n in 0...StoreLimits.changesPerCommitMax {
                    _ = try transaction.one(Notes.add, "\(n)")
                }
            },
            { _ = try $0.one(Notes.add, "small") },
        )
        #expect(store.statistics.commits - before == 2)
    }
}
