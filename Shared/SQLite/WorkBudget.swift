import CSQLite

/// How much SQLite may do for some statements, in steps of its machine: the same on every machine,
/// however busy it is.
///
/// For statements of which no LIMIT says how long they look before they find a row, such as those
/// of full-text search: each page of its index is some five steps.
package final class WorkBudget {
    private var steps: Int
    private let stepsPerRow: Int
    /// Whether a statement was given up.
    package private(set) var isSpent = false

    /// So many steps, and so many more with each row that is found.
    package init(steps: Int, perRow stepsPerRow: Int) {
        self.steps = steps
        self.stepsPerRow = stepsPerRow
    }

    /// SQLite asks after so many steps of a statement.
    fileprivate static let grain: Int32 = 20

    fileprivate func earn() { steps += stepsPerRow }

    /// Whether the statement has to end.
    fileprivate func spend() -> Bool {
        steps -= Int(WorkBudget.grain)
        if steps < 0 { isSpent = true }
        return isSpent
    }
}

extension Reader where Self: ~Copyable {
    /// All rows, or those found until `budget` was spent, which it then says. What is not read with
    /// it costs it nothing.
    package func all<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter,
        within budget: WorkBudget
    ) throws -> [Output] {
        let context = unsafe Unmanaged.passUnretained(budget).toOpaque()
        unsafe sqlite3_progress_handler(
            database.handle, WorkBudget.grain,
            { context in
                guard let context = unsafe context else { return 0 }
                let budget = unsafe Unmanaged<WorkBudget>.fromOpaque(context)
                return unsafe budget.takeUnretainedValue().spend() ? 1 : 0
            }, context)
        defer { unsafe sqlite3_progress_handler(database.handle, 0, nil, nil) }
        var outputs: [Output] = []
        do {
            try forEach(query, repeat each values) { output in
                outputs.append(output)
                budget.earn()
            }
        } catch let error as DatabaseError where budget.isSpent && error.isInterruption {
            // What was found until then is what was asked for.
        }
        return outputs
    }
}

extension DatabaseError {
    fileprivate var isInterruption: Bool {
        guard case .statement(let code, _, _) = self else { return false }
        return code & 0xff == SQLITE_INTERRUPT
    }
}
