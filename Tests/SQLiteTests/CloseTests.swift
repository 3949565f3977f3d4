import Fixture
import SQLite
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CloseTests {
    let folder = TemporaryFolder()

    @Test("closing finishes the writes that wait and refuses later ones")
    func drains() async throws {
        let store = try Store.notes(folder)
        let gate = Gate()
        let first = Task { try await store.write { _ in gate.stop() } }
        await gate.waitUntilEntered()
        let waiting = Task { try await store.write { try $0.one(Notes.add, "waiting") } }
        await until { store.statistics.queueDepth == 1 }
        let closing = Task { await store.close() }
        let closed = DatabaseError.closed(path: store.path)
        await until { (try? store.count()) == nil }
        await #expect(throws: closed) { try await store.write { try $0.one(Notes.add, "late") } }
        #expect(throws: closed) { try store.count() }
        gate.open()
        try await first.value
        _ = try await waiting.value
        await closing.value
        #expect(try Store.notes(folder).read { try $0.all(Notes.texts) } == ["waiting"])
    }

    @Test("after closing all is in one file")
    func oneFile() async throws {
        let store = try Store.notes(folder)
        _ = try await store.write { try $0.one(Notes.add, "kept") }
        #expect(try store.count() == 1)
        #expect(folder.names == ["notes.sqlite", "notes.sqlite-shm", "notes.sqlite-wal"])
        await store.close()
        #expect(folder.names == ["notes.sqlite"])
    }

    @Test("closing twice, also at once, is closing once")
    func twice() async throws {
        let store = try Store.notes(folder)
        async let first: Void = store.close()
        async let second: Void = store.close()
        _ = await (first, second)
        await store.close()
        #expect(folder.names == ["notes.sqlite"])
    }

    @Test("a connection that is still out closes when it comes back")
    func readerStillOut() async throws {
        let store = try Store.notes(folder)
        let gate = Gate()
        let reading = Task {
            try await onThread {
                try store.read { connection in
                    gate.stop()
                    return try connection.one(Notes.count)
                }
            }
        }
        await gate.waitUntilEntered()
        await store.close()
        #expect(folder.names.count == 3)
        gate.open()
        #expect(try await reading.value == 0)
        #expect(folder.names == ["notes.sqlite"])
    }

    @Test("a store that is only let go of still finishes what waits and closes its file")
    func letGo() async throws {
        var store: Store? = try Store.notes(folder)
        _ = try await store?.write { try $0.one(Notes.add, "kept") }
        store = nil
        await until { folder.names == ["notes.sqlite"] }
        #expect(try Store.notes(folder).count() == 1)
    }
}
