import Fixture
import Glibc
import SQLite
import Testing

@testable import Outbox

/// What a child process does with the stores it is given.
enum ChildRole: String {
    /// Follows the members in small pages without end and says where it stands after each.
    case project
    /// Greets until it is killed and says the seq of each greeting.
    case greet

    static let variable = "FORUM_OUTBOX_TEST_ROLE"
    static let folder = "FORUM_OUTBOX_TEST_FOLDER"
    static let ahead = "FORUM_OUTBOX_TEST_AHEAD"

    /// Starts a child in this role over the stores in `folder`, its clock `clockAhead` milliseconds
    /// ahead.
    func start(folder: String, clockAhead: Int = 0) -> ChildProcess {
        ChildProcess(
            "OutboxTests.childRole",
            [
                ChildRole.variable: rawValue, ChildRole.folder: folder,
                ChildRole.ahead: "\(clockAhead)",
            ])
    }

    static var current: ChildRole? {
        getenv(variable).flatMap { ChildRole(rawValue: String(cString: $0)) }
    }

    func play(folder: String, clockAhead: Int64) async throws {
        var settings = StoreSettings()
        let system = StoreSettings.systemClock
        settings.clock = { system() + clockAhead }
        let members = Members(
            store: try Store(
                path: "\(folder)/members.sqlite", migrations: Members.schema, settings: settings))
        switch self {
        case .greet:
            while true { try await say(members.greet("greeting \(random())")) }
        case .project:
            let clock = FeedClock(now: settings.clock, sleep: FeedClock.system.sleep)
            let feed = LocalFeed(store: members.store, tables: [Members.table], clock: clock)
            let store = try Store(
                path: "\(folder)/follower.sqlite", migrations: Cards.schema, settings: settings)
            let progress = try Progress(store: store, sources: ["users"], clock: clock)
            let projector = Projector(
                Cards(), store: store, feed: EagerFeed(base: feed, limit: 3), progress: progress,
                clock: clock)
            while true {
                _ = try await projector.turn()
                say(progress.figures[0].position)
            }
        }
    }

    private func say(_ number: Int64) { ChildProcess.say("\(number)") }
}

@Test("(the other process of other tests)", .enabled(if: ChildRole.current != nil))
func childRole() async throws {
    let folder = String(cString: getenv(ChildRole.folder)!)
    let ahead = Int64(String(cString: getenv(ChildRole.ahead)!))!
    try await ChildRole.current?.play(folder: folder, clockAhead: ahead)
}
