import Fixture
import Glibc
import SQLite
import Testing

/// What a child process does with the store it is given.
enum ChildRole: String {
    /// Opens the store and says how many migrations it has.
    case open
    /// Adds 200 notes from 8 tasks and says `done`.
    case write
    /// Adds notes without end and says the number of each one that was acknowledged.
    case acknowledge
    /// Takes the write lock, says `locked`, and holds it until it hears something.
    case hold
    /// Writes under a limit to the size of files that a commit cannot keep, and says what happened.
    case limit

    static let variable = "FORUM_SQLITE_TEST_ROLE"
    static let store = "FORUM_SQLITE_TEST_STORE"

    /// Starts a child in this role over the store at `path`.
    func start(path: String) -> ChildProcess {
        ChildProcess(
            "SQLiteTests.childRole",
            [ChildRole.variable: rawValue, ChildRole.store: path])
    }

    static var current: ChildRole? {
        getenv(variable).flatMap { ChildRole(rawValue: String(cString: $0)) }
    }

    func play(path: String) async throws {
        let store = try Store(path: path, migrations: [Notes.schema])
        switch self {
        case .open: try say("\(store.read { try $0.one(ChildRole.migrations) })")
        case .write: try await write(store)
        case .acknowledge: try await acknowledge(store)
        case .hold: try await hold(store)
        case .limit: try await limit(store)
        }
        await store.close()
    }

    private static let migrations = Query<Void, Int>("SELECT count(*) FROM schema_migration") {
        $0.int(0)
    }

    private func write(_ store: Store) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask {
                    for n in 0..<25 {
                        _ = try await store.write { try $0.one(Notes.add, "\(task)/\(n)") }
                    }
                }
            }
            try await group.waitForAll()
        }
        say("done")
    }

    private func acknowledge(_ store: Store) async throws {
        while true { try await say("\(store.write { try $0.one(Notes.add, "acknowledged") })") }
    }

    private func hold(_ store: Store) async throws {
        try await store.write { transaction in
            _ = try transaction.one(Notes.add, "held")
            say("locked")
            listen()
        }
    }

    /// The log may not grow: the commit itself fails, after every request in it succeeded.
    private func limit(_ store: Store) async throws {
        _ = try await store.write { try $0.one(Notes.add, "before") }
        signal(SIGXFSZ, SIG_IGN)
        var old = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
        var small = rlimit(rlim_cur: 100, rlim_max: old.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
        let results = await store.together(
            { try $0.one(Notes.add, "lost") },
            { try $0.one(Notes.add, "lost, too") }
        )
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &old)
        for result in results {
            switch result {
            case .failure(DatabaseError.disk): say("failed")
            default: say("\(result)")
            }
        }
        _ = try await store.write { try $0.one(Notes.add, "after") }
        try say(store.read { try $0.all(Notes.texts) }.joined(separator: ", "))
    }

    private func say(_ line: String) { ChildProcess.say(line) }

    private func listen() { ChildProcess.listen() }
}

@Test("(the other process of other tests)", .enabled(if: ChildRole.current != nil))
func childRole() async throws {
    let path = String(cString: getenv(ChildRole.store)!)
    try await ChildRole.current?.play(path: path)
}
