import Fixture
import SQLite
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)), .enabled(if: ChildRole.current == nil))
struct CommitObserverTests {
    let folder = TemporaryFolder()

    @Test("an observer is told of each commit once, when it can be read")
    func told() async throws {
        let store = try Store.notes(folder)
        let seen = Counts()
        let path = folder.file("notes.sqlite")
        let other = try Store(path: path, migrations: [Notes.schema])
        store.afterEachCommit {
            // A reader that fails would be missed in the expectation below.
            let count = (try? other.count()) ?? -1
            seen.add(count)
        }
        for n in 1...3 { _ = try await store.write { try $0.one(Notes.add, "\(n)") } }
        await store.close()
        #expect(seen.all == [1, 2, 3])
    }

    @Test("many writes in one commit are told once, and another store's not at all")
    func group() async throws {
        let store = try Store.notes(folder)
        let told = Counts()
        store.afterEachCommit { told.add(1) }
        _ = await store.together(
            { try $0.one(Notes.add, "a") }, { try $0.one(Notes.add, "b") })
        let other = try Store.notes(folder)
        _ = try await other.write { try $0.one(Notes.add, "c") }
        await store.close()
        #expect(told.all == [1])
    }
}

/// Numbers in the order in which they came.
private final class Counts: Sendable {
    private let numbers = Mutex<[Int]>([])
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}
