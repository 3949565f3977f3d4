import Fixture
import SQLite
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SnapshotTests {
    let folder = TemporaryFolder()
    let store: Store

    init() throws { store = try Store.notes(folder) }

    @Test("all statements of a snapshot see the same state, whatever is committed meanwhile")
    func snapshot() async throws {
        let id = try await store.write { try $0.one(Notes.add, "old") }
        let gate = Gate()
        let store = store
        let reading = Task {
            try await onThread {
                try store.snapshot { connection in
                    let before = try connection.first(Notes.text, id)
                    gate.stop()
                    return (before, try connection.first(Notes.text, id))
                }
            }
        }
        await gate.waitUntilEntered()
        try await store.write { try $0.run(Notes.rename, "new", id) }
        gate.open()
        let (before, after) = try await reading.value
        #expect(before == "old")
        #expect(after == "old")
        #expect(try store.snapshot { try $0.first(Notes.text, id) } == "new")
    }

    @Test("a plain read sees at each statement what is committed by then")
    func plainRead() async throws {
        let id = try await store.write { try $0.one(Notes.add, "old") }
        let gate = Gate()
        let store = store
        let reading = Task {
            try await onThread {
                try store.read { connection in
                    let before = try connection.first(Notes.text, id)
                    gate.stop()
                    return (before, try connection.first(Notes.text, id))
                }
            }
        }
        await gate.waitUntilEntered()
        try await store.write { try $0.run(Notes.rename, "new", id) }
        gate.open()
        let (before, after) = try await reading.value
        #expect(before == "old")
        #expect(after == "new")
    }

    @Test("a snapshot that throws gives its connection back in working order")
    func throwing() throws {
        for _ in 0..<20 {
            #expect(throws: Refused.self) {
                try store.snapshot { connection in
                    _ = try connection.one(Notes.count)
                    throw Refused()
                }
            }
        }
        #expect(try store.count() == 0)
    }

    @Test("more readers than are kept read at the same time")
    func nestedReads() throws {
        func nest(_ depth: Int) throws -> Int {
            try store.read { connection in
                try connection.one(Notes.count) + (depth == 0 ? 0 : nest(depth - 1))
            }
        }
        #expect(try nest(StoreLimits.idleReadersMax * 2) == 0)
        #expect(try store.count() == 0)
    }
}
