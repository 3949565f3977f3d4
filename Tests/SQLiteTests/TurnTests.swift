import Fixture
import SQLite
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TurnTests {
    let folder = TemporaryFolder()

    /// A store on the one file whose reads all belong to a turn that has not ended.
    private func openInTurn() throws -> Store {
        var settings = StoreSettings()
        settings.isInTurn = { true }
        return try Store.notes(folder, settings: settings)
    }

    @Test("the reads of a turn see what this process commits between them")
    func ownCommits() async throws {
        let store = try openInTurn()
        let id = try await store.write { try $0.one(Notes.add, "old") }
        #expect(try store.read { try $0.first(Notes.text, id) } == "old")
        #expect(try store.read { try $0.first(Notes.text, id) } == "old")
        try await store.write { try $0.run(Notes.rename, "new", id) }
        #expect(try store.read { try $0.first(Notes.text, id) } == "new")
        #expect(try store.snapshot { try $0.first(Notes.text, id) } == "new")
    }

    @Test("the reads of a turn see what another opener of the file commits between them")
    func foreignCommits() async throws {
        let store = try openInTurn()
        let other = try Store.notes(folder)
        let id = try await store.write { try $0.one(Notes.add, "0") }
        for number in 1...50 {
            #expect(try store.read { try $0.first(Notes.text, id) } == "\(number - 1)")
            try await other.write { try $0.run(Notes.rename, "\(number)", id) }
            #expect(try store.read { try $0.first(Notes.text, id) } == "\(number)")
        }
    }

    @Test("the reads of a turn share a transaction, which ends with the turn")
    func sharing() async throws {
        let store = try openInTurn()
        var settings = StoreSettings()
        settings.busyTimeoutMilliseconds = 1
        let other = try Store.notes(folder, settings: settings)
        _ = try await store.write { try $0.one(Notes.add, "a note") }
        for _ in 0..<3 { _ = try store.read { try $0.one(Notes.count) } }
        #expect(try restartLog(other) == 1, "a reader is in the way")
        store.endTurn()
        #expect(try restartLog(other) == 0, "nobody is in the way")
        #expect(try store.read { try $0.one(Notes.count) } == 1)
    }

    @Test("a read that fails leaves the turn's other reads in working order")
    func failure() async throws {
        let store = try openInTurn()
        let id = try await store.write { try $0.one(Notes.add, "kept") }
        for _ in 0..<3 {
            _ = try store.read { try $0.first(Notes.text, id) }
            #expect(throws: DatabaseError.self) {
                try store.read { try $0.first(Notes.broken, id) }
            }
            #expect(try store.read { try $0.first(Notes.text, id) } == "kept")
        }
    }

    @Test("a store closes in the middle of a turn, and its file is whole")
    func closing() async throws {
        let store = try openInTurn()
        _ = try await store.write { try $0.one(Notes.add, "kept") }
        for _ in 0..<3 { _ = try store.read { try $0.one(Notes.count) } }
        await store.close()
        #expect(try Store.notes(folder).read { try $0.one(Notes.count) } == 1)
    }

    /// 1 if a reader keeps the log from starting over, else 0.
    private func restartLog(_ store: Store) throws -> Int64 {
        try store.read { try $0.one(Notes.restartLog) }
    }
}
