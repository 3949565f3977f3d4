import CSQLite
import Synchronization

/// Counts what SQLite does for one file, in steps of its machine and pages that it looks at: the
/// same number every time, on every machine, which no clock gives.
///
/// To be made before the file is opened.
package struct StepMeter: Sendable {
    private let path: String

    package init(path: String) {
        _ = StepMeter.isInstalled
        self.path = path
    }

    /// What SQLite did for the file while `body` ran.
    package func work(_ body: () async throws -> Void) async throws -> Work {
        let before = StepMeter.table.withLock { $0.work(at: path) }
        try await body()
        let after = StepMeter.table.withLock { $0.work(at: path) }
        return Work(steps: after.steps - before.steps, pages: after.pages - before.pages)
    }

    package struct Work: Sendable {
        package var steps = 0
        package var pages = 0
    }

    private struct Table {
        var steps: [String: Int] = [:]
        /// By connection, because it counts them itself.
        var pages: [UInt: (path: String, count: Int)] = [:]

        func work(at path: String) -> Work {
            let pages = pages.values.filter { $0.path == path }.map(\.count).reduce(0, +)
            return Work(steps: steps[path] ?? 0, pages: pages)
        }
    }

    private static let table = Mutex(Table())

    /// Every connection that is opened from now on tells when one of its statements ends.
    private static let isInstalled: Bool = {
        typealias Entry =
            @convention(c) (
                OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
                UnsafeRawPointer?
            ) -> Int32
        let entry: Entry = { handle, _, _ in
            sqlite3_trace_v2(
                handle, UInt32(SQLITE_TRACE_PROFILE),
                { _, _, statement, _ in
                    StepMeter.note(OpaquePointer(statement))
                    return 0
                }, nil)
            return SQLITE_OK
        }
        let code = sqlite3_auto_extension(
            unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
        precondition(code == SQLITE_OK, "connections can be followed")
        return true
    }()

    private static func note(_ statement: OpaquePointer?) {
        guard let handle = sqlite3_db_handle(statement),
            let name = sqlite3_db_filename(handle, "main")
        else { return }
        let path = String(cString: name)
        let steps = Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1))
        let pages = [SQLITE_DBSTATUS_CACHE_HIT, SQLITE_DBSTATUS_CACHE_MISS].map { what in
            var count: Int32 = 0
            var most: Int32 = 0
            sqlite3_db_status(handle, what, &count, &most, 0)
            return Int(count)
        }
        table.withLock { table in
            table.steps[path, default: 0] += steps
            table.pages[UInt(bitPattern: handle)] = (path, pages.reduce(0, +))
        }
    }
}
