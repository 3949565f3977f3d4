import Bytes
import Fixture
import JSON
import Reactor
import Testing

@testable import Stack

@Suite("What forum up starts")
struct StackPlanTests {
    private let temporary = TemporaryFolder()
    private let entry = SocketAddress.loopback(8080)
    private let admin = SocketAddress.loopback(8081)

    private var options: UpOptions {
        var options = UpOptions()
        options.programs = "/opt/forum"
        return options
    }

    @Test("the gateway comes first, then each service with its replicas, on ports of their own")
    func split() throws {
        var options = options
        options.replicas = ["messages": 2]
        let folder = try DataFolder(creating: temporary.file("data"))
        let plan = StackPlan.split(options, folder, entry: entry, admin: admin)
        #expect(
            plan.processes.map(\.name) == [
                "gateway", "users-1", "topics-1", "messages-1", "messages-2",
            ])
        #expect(plan.processes.map(\.isEntry) == [true, false, false, false, false])
        let last = try #require(plan.processes.last)
        #expect(last.executable == "/opt/forum/messages")
        #expect(last.site == .registered(service: "messages"))
        #expect(last.settings["FORUM_PORT"] == "0")
        #expect(last.settings["FORUM_INSTANCE"] == "messages-2")
        #expect(last.settings["FORUM_DATA"] == folder.path)
    }

    @Test("the monolith is one process where clients go")
    func monolith() throws {
        let folder = try DataFolder(creating: temporary.file("data"))
        let plan = StackPlan.monolith(options, folder, entry: entry)
        #expect(plan.processes.map(\.name) == ["monolith"])
        #expect(plan.processes[0].site == .fixed(entry))
        #expect(plan.processes[0].settings["FORUM_PORT"] == "8080")
        #expect(plan.admin == nil)
    }

    @Test("the gateway's configuration has the lab's three rules, its own, and users for the rest")
    func configuration() throws {
        let text = GatewayFile.text(entry: entry, admin: admin)
        let document = try JSONValue.parse(ByteString(text))
        guard case .array(let listeners)? = document["Listeners"],
            case .array(let rules)? = listeners[0]["Rules"]
        else {
            Issue.record("no rules")
            return
        }
        #expect(listeners[0]["Port"] == .integer(8080))
        #expect(document["Admin"]?["Port"] == .integer(8081))
        let found = rules.prefix(3).map { rule in
            [
                rule["Priority"], first("Values", of: first("Conditions", of: rule)),
                first("Actions", of: rule)?["TargetGroupArn"],
            ]
        }
        #expect(
            found == [
                [.integer(1), .string("/api/users*"), .string("users")],
                [.integer(2), .string("/api/threads*"), .string("topics")],
                [.integer(3), .string("/api/posts*"), .string("messages")],
            ])
        #expect(rules.count == 4)
        #expect(first("Actions", of: rules.last)?["Type"] == .string("reference"))
        #expect(
            first("DefaultActions", of: listeners[0])?["TargetGroupArn"] == .string("users"))
    }

    private func first(_ name: StaticString, of value: JSONValue?) -> JSONValue? {
        guard case .array(let elements)? = value?[name] else { return nil }
        return elements.first
    }

    @Test("the table says where clients and operators go before anything else")
    func table() throws {
        let folder = try DataFolder(creating: temporary.file("data"))
        let plan = StackPlan.split(options, folder, entry: entry, admin: admin)
        let rows = [
            ProcessRow(name: "gateway", address: admin, pid: 7, state: "healthy"),
            ProcessRow(name: "users-1", address: .loopback(9), pid: nil, state: "starting"),
        ]
        #expect(
            ProcessRow.table(rows, plan).lines == [
                "service  address                pid  state",
                "gateway  http://127.0.0.1:8080  7    healthy",
                "admin    http://127.0.0.1:8081  7    healthy",
                "users-1  http://127.0.0.1:9     -    starting",
            ])
    }

    @Test("processes get our environment without the settings that are theirs alone")
    func environment() {
        let own = [
            "PATH": "/bin", "FORUM_PORT": "1", "FORUM_LOG_LEVEL": "debug", "FORUM_DATA": "x",
        ]
        let made = ChildEnvironment(own, secretFile: "/s")
        #expect(
            made.variables(["FORUM_PORT": "0"]) == [
                "FORUM_ADMIN_SECRET_FILE=/s", "FORUM_DRAIN_MILLISECONDS=200",
                "FORUM_LOG_LEVEL=debug", "FORUM_PORT=0", "PATH=/bin",
            ])
    }

    @Test("a process may take as long to end as its settings say")
    func endTime() {
        let own = ["FORUM_DRAIN_MILLISECONDS": "1000", "FORUM_FINISH_MILLISECONDS": "60000"]
        let made = ChildEnvironment(own, secretFile: "/s")
        #expect(made.endMilliseconds == 61_000)
        let usual = ChildEnvironment([:], secretFile: "/s")
        #expect(usual.endMilliseconds == 10_200)
    }

    @Test("a secret in the environment is handed on instead of the file's")
    func secret() {
        let made = ChildEnvironment(
            ["FORUM_ADMIN_SECRET": "word"], secretFile: "/s")
        #expect(
            made.variables([:]) == ["FORUM_ADMIN_SECRET=word", "FORUM_DRAIN_MILLISECONDS=200"])
    }
}
