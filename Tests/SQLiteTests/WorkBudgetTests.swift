import Fixture
import SQLite
import Testing

struct WorkBudgetTests {
    private let folder = TemporaryFolder()

    /// Every thousandth number up to a limit.
    private static let thousands = Query<Int64, Int64>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        SELECT i FROM n WHERE i % 1000 = 0
        """
    ) { $0.int64(0) }
    private static let one = Query<Void, Int64>("SELECT 1") { $0.int64(0) }

    private func store() throws -> Store {
        try Store(path: folder.file("notes.sqlite"), migrations: [Notes.schema])
    }

    @Test("what a statement has found is kept when it is given up, and the connection goes on")
    func givenUp() throws {
        try store().read { connection in
            let budget = WorkBudget(steps: 60_000, perRow: 0)
            let some = try connection.all(Self.thousands, Int64.max, within: budget)
            #expect(budget.isSpent)
            #expect(!some.isEmpty && some == (1...Int64(some.count)).map { $0 * 1000 })
            // Nothing is left for others, and those without a budget are asked nothing.
            #expect(try connection.all(Self.thousands, 9_000, within: budget).isEmpty)
            #expect(try connection.all(Self.thousands, 9_000).count == 9)
            #expect(try connection.one(Self.one) == 1)
        }
    }

    @Test("the same budget is enough for the same work, every time")
    func same() throws {
        try store().read { connection in
            let counts = try (1...3).map { _ in
                let budget = WorkBudget(steps: 60_000, perRow: 0)
                return try connection.all(Self.thousands, Int64.max, within: budget).count
            }
            #expect(Set(counts).count == 1)
        }
    }

    @Test("rows pay for those after them, and what is found whole leaves nothing to say")
    func rows() throws {
        try store().read { connection in
            let budget = WorkBudget(steps: 30_000, perRow: 30_000)
            let all = try connection.all(Self.thousands, 200_000, within: budget)
            #expect(all.count == 200)
            #expect(!budget.isSpent)
        }
    }

    @Test("another error than the end of the budget is thrown")
    func errors() throws {
        let overflow = Query<Void, Int64>("SELECT abs(-9223372036854775808)") { $0.int64(0) }
        try store().read { connection in
            let budget = WorkBudget(steps: 1_000, perRow: 0)
            #expect(throws: DatabaseError.self) { try connection.all(overflow, within: budget) }
            #expect(!budget.isSpent)
        }
    }
}
