import Fixture
import SQLite
import Testing

/// Two stores over one file behave towards each other as two processes do: each has its own
/// connections, and SQLite's locks are all they share.
@Suite(.timeLimit(.minutes(5)))
struct BusyTests {
    let folder = TemporaryFolder()

    private func patience(milliseconds: Int64) -> StoreSettings {
        var settings = StoreSettings()
        settings.busyTimeoutMilliseconds = milliseconds
        return settings
    }

    @Test("a write that cannot get the lock in time fails as busy and leaves nothing")
    func busy() async throws {
        let holder = try Store.notes(folder)
        let waiter = try Store.notes(folder, settings: patience(milliseconds: 20))
        let gate = Gate()
        let holding = Task { try await holder.write { _ in gate.stop() } }
        await gate.waitUntilEntered()
        await #expect(throws: DatabaseError.busy(path: waiter.path)) {
            try await waiter.write { try $0.one(Notes.add, "too late") }
        }
        gate.open()
        try await holding.value
        #expect(try waiter.count() == 0)
        #expect(waiter.statistics.busyRetries > 0)
    }

    @Test("a write waits for another connection's lock and then succeeds")
    func waits() async throws {
        let holder = try Store.notes(folder)
        let waiter = try Store.notes(folder, settings: patience(milliseconds: 60_000))
        let gate = Gate()
        let holding = Task {
            try await holder.write { transaction in
                _ = try transaction.one(Notes.add, "first")
                gate.stop()
            }
        }
        await gate.waitUntilEntered()
        let waiting = Task { try await waiter.write { try $0.one(Notes.add, "second") } }
        await until { waiter.statistics.busyRetries > 0 }
        gate.open()
        try await holding.value
        _ = try await waiting.value
        #expect(try waiter.read { try $0.all(Notes.texts) } == ["first", "second"])
    }

    @Test("readers do not wait for a writer")
    func readersDoNotWait() async throws {
        let holder = try Store.notes(folder)
        let reader = try Store.notes(folder)
        let gate = Gate()
        let holding = Task {
            try await holder.write { transaction in
                _ = try transaction.one(Notes.add, "unseen")
                gate.stop()
            }
        }
        await gate.waitUntilEntered()
        #expect(try reader.count() == 0)
        #expect(reader.statistics.busyRetries == 0)
        gate.open()
        try await holding.value
    }

    @Test("all who wait behind a lock that is never free fail together, not one after the other")
    func failTogether() async throws {
        let holder = try Store.notes(folder)
        let waiter = try Store.notes(folder, settings: patience(milliseconds: 100))
        let gate = Gate()
        let holding = Task { try await holder.write { _ in gate.stop() } }
        await gate.waitUntilEntered()
        let writes = (0..<10).map { n in
            Task { try await waiter.write { try $0.one(Notes.add, "\(n)") } }
        }
        await until { waiter.statistics.failedWrites == 10 }
        for write in writes {
            await #expect(throws: DatabaseError.busy(path: waiter.path)) { try await write.value }
        }
        gate.open()
        try await holding.value
        _ = try await waiter.write { try $0.one(Notes.add, "after") }
        #expect(try waiter.count() == 1)
    }

    @Test("two stores that write at once lose nothing")
    func twoWriters() async throws {
        let stores = [try Store.notes(folder), try Store.notes(folder)]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                for writer in 0..<8 {
                    group.addTask {
                        for n in 0..<10 {
                            _ = try await store.write { try $0.one(Notes.add, "\(writer)/\(n)") }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try stores[0].count() == 160)
    }
}
