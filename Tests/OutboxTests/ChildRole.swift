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

    /// Starts a child in this role over the stores in `folder`.
    func start(folder: String) -> ChildProcess {
        ChildProcess(
            "OutboxTests.childRole",
            [ChildRole.variable: rawValue, ChildRole.folder: folder])
    }

    static var current: ChildRole? {
        getenv(variable).flatMap { ChildRole(rawValue: String(cString: $0)) }
    }

    func play(folder: String) async throws {
        let members = Members(
            store: try Store(path: "\(folder)/members.sqlite", migrations: Members.schema))
        switch self {
        case .greet:
            while true { try await say(members.greet("greeting \(random())")) }
        case .project:
            let feed = LocalFeed(store: members.store, tables: [Members.table])
            let store = try Store(path: "\(folder)/follower.sqlite", migrations: Cards.schema)
            let progress = try Progress(store: store, sources: ["users"])
            let projector = Projector(
                Cards(), store: store, feed: EagerFeed(base: feed, limit: 3), progress: progress)
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
    try await ChildRole.current?.play(folder: folder)
}
