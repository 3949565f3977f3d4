import Fixture
import SQLite
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TransactionTests {
    let folder = TemporaryFolder()

    @Test("time stands still inside a transaction and comes from the given clock")
    func clock() async throws {
        let ticks = Ticks()
        var settings = StoreSettings()
        settings.clock = { ticks.next() }
        let store = try Store.notes(folder, settings: settings)
        let (first, again) = try await store.write { ($0.now, $0.now) }
        let second = try await store.write { $0.now }
        #expect(first == again)
        #expect(second == first + 1)
    }

    @Test("the machine's clock counts milliseconds since 1970")
    func systemClock() {
        let year2024: Int64 = 1_704_067_200_000
        let year2100: Int64 = 4_102_444_800_000
        #expect((year2024..<year2100).contains(StoreSettings.systemClock()))
    }

    @Test("changes counts the rows of the latest statement")
    func changes() async throws {
        let store = try Store.notes(folder)
        let changes = try await store.write { transaction in
            for text in ["a", "b", "c"] { _ = try transaction.one(Notes.add, text) }
            try transaction.run(Notes.removeAll)
            return transaction.changes
        }
        #expect(changes == 3)
    }

    @Test("lastInsertedRowID is the rowid of the latest insert")
    func rowID() async throws {
        let store = try Store.notes(folder)
        let id = try await store.write { transaction in
            try transaction.run(Notes.addNumbered, 41, "a")
            return transaction.lastInsertedRowID
        }
        #expect(id == 41)
    }

    @Test("a broken constraint tells its kind and its column", arguments: Breach.all)
    func constraints(breach: Breach) async throws {
        let store = try Store.notes(folder)
        try await store.write { transaction in
            try transaction.run(Notes.addNumbered, 1, "one")
            try transaction.run(Notes.addTag, "tag", 1)
        }
        let error = await #expect(throws: DatabaseError.self) {
            try await store.write { try breach.run($0) }
        }
        guard case .constraint(let violation) = error else {
            Issue.record("\(error as Any) is not a constraint")
            return
        }
        #expect(violation.kind == breach.kind)
        #expect(violation.subject == breach.subject)
    }

    @Test("a foreign key is checked also when the statement returns a row")
    func foreignKeyWithReturning() async throws {
        let store = try Store.notes(folder)
        let remove = Query<Int64, Int64>("DELETE FROM notes WHERE id = ?1 RETURNING id") {
            $0.int64(0)
        }
        try await store.write { transaction in
            try transaction.run(Notes.addNumbered, 1, "one")
            try transaction.run(Notes.addTag, "tag", 1)
        }
        await #expect(throws: DatabaseError.self) {
            try await store.write { try $0.first(remove, 1) }
        }
        await #expect(throws: DatabaseError.self) {
            try await store.write { try $0.firstRow(remove, 1) { $0.int64(0) } }
        }
        #expect(try store.count() == 1)
    }

    @Test("a deferred foreign key fails the request that breaks it, not its neighbours")
    func deferredKeys() async throws {
        let store = try Store.notes(folder)
        let results = await store.together(
            { _ = try $0.one(Notes.add, "good") },
            { try $0.run(Notes.addLate, Int64(99)) },
        )
        #expect(throws: Never.self) { try results[0].get() }
        #expect(throws: DatabaseError.self) { try results[1].get() }
        #expect(try store.count() == 1)
    }

    @Test("a request that ends the transaction fails everybody in it and leaves a working store")
    func endsTransaction() async throws {
        let store = try Store.notes(folder)
        let commit = Query<Void, Void>("ROLLBACK")
        let results = await store.together(
            { _ = try $0.one(Notes.add, "lost") },
            { try $0.run(commit) },
        )
        #expect(throws: DatabaseError.self) { try results[0].get() }
        #expect(throws: DatabaseError.self) { try results[1].get() }
        try await store.write { _ = try $0.one(Notes.add, "works") }
        #expect(try store.count() == 1)
    }

    @Test("a full file refuses the write as full and can still be read and emptied")
    func full() async throws {
        let limit = Migration(2, "limit", Array("PRAGMA max_page_count = 32".utf8))
        let store = try Store(
            path: folder.file("full.sqlite"), migrations: [Notes.schema, limit])
        _ = try await store.write { try $0.one(Notes.add, "small") }
        await #expect(throws: DatabaseError.full(path: store.path)) {
            try await store.write {
                try $0.one(Notes.add, String(repeating: "x", count: 200_000))
            }
        }
        #expect(try store.count() == 1)
        try await store.write { try $0.run(Notes.removeAll) }
        #expect(try store.count() == 0)
    }
}

/// A clock that is a value: one millisecond further at each look.
private final class Ticks: Sendable {
    private let count = Atomic<Int64>(1_000)
    func next() -> Int64 { count.add(1, ordering: .relaxed).newValue }
}

/// A change that the schema forbids, and how it has to be reported.
struct Breach: Sendable, CustomTestStringConvertible {
    let kind: ConstraintViolation.Kind
    let subject: String
    let run: @Sendable (borrowing Transaction) throws -> Void

    var testDescription: String { "\(kind) \(subject)" }

    static let all = [
        Breach(kind: .unique, subject: "tags.name") { try $0.run(Notes.addTag, "tag", 1) },
        Breach(kind: .unique, subject: "notes.id") { try $0.run(Notes.addNumbered, 1, "two") },
        Breach(kind: .foreignKey, subject: "") { try $0.run(Notes.addTag, "other", 2) },
        Breach(kind: .check, subject: "text_is_not_bad") { _ = try $0.one(Notes.add, "bad") },
        Breach(kind: .notNull, subject: "notes.text") { try $0.run(addNull, nil) },
        Breach(kind: .type, subject: "notes.size") {
            try $0.run(addTextual, "x")
        },
    ]

    private static let addNull = Query<String?, Void>("INSERT INTO notes (text) VALUES (?1)")
    private static let addTextual = Query<String, Void>("UPDATE notes SET size = ?1")
}
