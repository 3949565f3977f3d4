import Fixture
import SQLite
import Testing

/// What several processes over one file may rely on; the others are real processes.
@Suite(.timeLimit(.minutes(5)), .serialized, .enabled(if: ChildRole.current == nil))
struct ProcessTests {
    let folder = TemporaryFolder()
    var path: String { folder.file("notes.sqlite") }

    @Test("processes that start on one new file at once all find its schema, made once")
    func concurrentStart() async throws {
        let children = (0..<4).map { _ in ChildRole.open.start(path: path) }
        for child in children {
            #expect(await child.line() == "1")
            #expect(await child.ended())
        }
    }

    @Test("two processes and this one that write at once lose nothing")
    func concurrentWriters() async throws {
        let children = (0..<2).map { _ in ChildRole.write.start(path: path) }
        let store = try Store.notes(folder)
        for n in 0..<50 { _ = try await store.write { try $0.one(Notes.add, "parent \(n)") } }
        for child in children {
            #expect(await child.line() == "done")
            #expect(await child.ended())
        }
        #expect(try store.count() == 450)
    }

    @Test("what a process was told is written survives its being killed")
    func killed() async throws {
        let child = ChildRole.acknowledge.start(path: path)
        var acknowledged: [Int64] = []
        while acknowledged.count < 100, let line = await child.line() {
            acknowledged.append(Int64(line)!)
        }
        await child.kill()
        while let line = await child.line() { acknowledged.append(Int64(line)!) }
        let store = try Store.notes(folder)
        for id in acknowledged {
            #expect(try store.read { try $0.first(Notes.text, id) } == "acknowledged")
        }
    }

    @Test("a lock held by another process makes a write wait, then fail as busy")
    func busy() async throws {
        var settings = StoreSettings()
        settings.busyTimeoutMilliseconds = 20
        let store = try Store.notes(folder, settings: settings)
        let child = ChildRole.hold.start(path: path)
        #expect(await child.line() == "locked")
        await #expect(throws: DatabaseError.busy(path: path)) {
            try await store.write { try $0.one(Notes.add, "too late") }
        }
        child.goOn()
        #expect(await child.ended())
        _ = try await store.write { try $0.one(Notes.add, "free") }
        #expect(try store.read { try $0.all(Notes.texts) } == ["held", "free"])
    }

    @Test("when the commit fails, every request in it fails and none of them is kept")
    func failingCommit() async throws {
        let child = ChildRole.limit.start(path: path)
        #expect(await child.line() == "failed")
        #expect(await child.line() == "failed")
        #expect(await child.line() == "before, after")
        #expect(await child.ended())
    }
}
