import Bytes
import Curl
import Fixture
import Glibc
import HTTP
import JSON
import Synchronization
import Testing

/// A forum of separate programs behind a gateway, without anybody who starts again what ends: what
/// is stopped stays so.
final class SplitForum: Sendable {
    /// The admin secret of all of them.
    static let secret = "only-known-to-the-tests"
    static let services = ["users", "topics", "messages"]

    let folder = TemporaryFolder()
    let transport: CurlTransport
    private let gateway: Program
    private let programs = Mutex<[String: Program]>([:])
    private let settings: [String: String]

    /// Starts the gateway and so many replicas of each service, called `users-1` and so on, and
    /// waits until all of them answer. `settings` are those of every service.
    init(
        replicas: [String: Int] = [:], settings: [String: String] = [:]
    ) async throws {
        folder.folder("data")
        folder.write("data/gateway.json", GatewayRules.text)
        self.settings = [
            "FORUM_ADDRESS": "127.0.0.1", "FORUM_PORT": "0", "FORUM_DATA": folder.file("data"),
            "FORUM_REGISTRY": folder.file("data/registry.json"),
            "FORUM_ADMIN_SECRET": SplitForum.secret, "FORUM_RATE_LIMITS": "0",
            "FORUM_DRAIN_MILLISECONDS": "0", "FORUM_LOOPS": "1",
        ].merging(settings) { $1 }
        gateway = Program(
            "gateway", in: folder,
            environment: [
                "FORUM_CONFIG": folder.file("data/gateway.json"), "FORUM_LOOPS": "1",
                "FORUM_REGISTRY": folder.file("data/registry.json"),
            ])
        let address = try await SplitForum.address(of: gateway)
        transport = try #require(CurlTransport("http://\(address)"))
        let names = SplitForum.services.flatMap { service in
            (1...(replicas[service] ?? 1)).map { "\(service)-\($0)" }
        }
        try await start(names)
    }

    // MARK: Programs

    /// Starts instances that do not run, all at once, and waits until the gateway finds them.
    func start(_ names: [String]) async throws {
        let started = names.map { name in
            let service = String(name.split(separator: "-")[0])
            let settings = settings.merging(["FORUM_INSTANCE": name]) { $1 }
            return (name, Program(service, in: folder, environment: settings))
        }
        for (name, program) in started {
            _ = try await SplitForum.address(of: program)
            programs.withLock { $0[name] = program }
        }
        for (name, _) in started {
            let path = SplitForum.path(of: name)
            #expect(await eventually { await status(.get, "\(path)?limit=1") == 200 }, "\(path)")
        }
    }

    /// The program of an instance that was started.
    func program(_ name: String) -> Program { programs.withLock { $0[name]! } }

    /// Ends an instance as a power cut would.
    func kill(_ name: String) async {
        let program = program(name)
        program.send(SIGKILL)
        #expect(await program.end() == 128 + SIGKILL, "\(program.said)")
    }

    /// Ends an instance as an operator would.
    func stop(_ name: String) async {
        let program = program(name)
        program.send(SIGTERM)
        #expect(await program.end() == 0, "\(program.said)")
    }

    /// An instance of the service that has not ended.
    func running(_ service: String) throws -> String {
        let found = programs.withLock { programs in
            programs.first { $0.key.hasPrefix("\(service)-") && $0.value.isRunning }
        }
        return try #require(found?.key, "\(service) has an instance that runs")
    }

    /// What an instance says of itself: `/readyz`, `/metrics`.
    func ask(
        _ name: String, _ path: String, _ fields: Fields = [:]
    ) async throws -> Answer {
        let address = try await SplitForum.address(of: program(name))
        let direct = try #require(CurlTransport("http://\(address)"))
        return Answer(try await direct.send(ClientRequest(.get, path, fields: fields)))
    }

    /// The sum of the samples of a metric whose labels contain `label`; nil without any.
    func metric(_ name: String, _ metric: String, _ label: String = "") async throws -> Double? {
        let lines = try await ask(name, "/metrics").lines.filter {
            $0.hasPrefix(metric) && $0.contains(label)
        }
        let values = lines.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
        return values.isEmpty ? nil : values.reduce(0, +)
    }

    /// Where the wire finds a service.
    private static func path(of name: String) -> String {
        switch name.split(separator: "-")[0] {
        case "topics": "/api/threads"
        case "messages": "/api/posts"
        default: "/api/users"
        }
    }

    /// Where a program listens, once it says so.
    private static func address(of program: Program) async throws -> String {
        func address() -> String? {
            let lines = program.said.split(separator: "\n")
            for line in lines where line.contains(#""message":"listening""#) {
                guard
                    case .string(let text) = (try? JSONValue.parse(ByteString(String(line))))?[
                        "address"]
                else { continue }
                return text
            }
            return nil
        }
        #expect(
            await eventually(withinSeconds: 60) { address() != nil || !program.isRunning },
            "\(program.said)")
        return try #require(address(), "\(program.said)")
    }

    // MARK: Requests

    /// Sends a request through the gateway, as `person` if there is one; a body is JSON unless the
    /// fields say otherwise.
    func send(
        _ method: HTTP.Method, _ target: String, by person: Person? = nil, _ body: String = "",
        _ fields: Fields = [:]
    ) async throws -> Answer {
        try await send(method, target, by: person, bytes: ByteString(body), fields)
    }

    /// The same with a body of any bytes.
    func send(
        _ method: HTTP.Method, _ target: String, by person: Person? = nil, bytes: ByteString,
        _ fields: Fields = [:]
    ) async throws -> Answer {
        var fields = fields
        if let person { fields.append(.authorization, "Bearer \(person.token)") }
        if bytes.count > 0, fields[.contentType] == nil {
            fields.append(.contentType, "application/json")
        }
        let request = ClientRequest(method, target, fields: fields, body: bytes)
        return Answer(try await transport.send(request))
    }

    func get(
        _ target: String, by person: Person? = nil, _ fields: Fields = [:]
    ) async throws -> Answer {
        try await send(.get, target, by: person, "", fields)
    }

    /// The status of the answer; nil when there is none.
    func status(
        _ method: HTTP.Method, _ target: String, by person: Person? = nil, _ body: String = ""
    ) async -> Int? {
        // Whatever the reason, there is no answer.
        (try? await send(method, target, by: person, body))?.status
    }

    /// Loads lines as the operator.
    func bulk(_ target: String, _ lines: [String]) async throws {
        let answer = try await send(
            .post, target, by: .operator, lines.map { $0 + "\n" }.joined(),
            [.contentType: "application/x-ndjson"])
        #expect(answer.status == 200 && answer.text.contains(#""failed":0"#), "\(answer.text)")
    }
}

/// The configuration of the gateway: the lab's rules, any port.
private enum GatewayRules {
    static var text: String {
        let groups = SplitForum.services.map { service in
            """
            {"TargetGroupName": "\(service)", "HealthCheckPath": "/readyz",
             "HealthCheckIntervalSeconds": 5, "HealthyThresholdCount": 2,
             "UnhealthyThresholdCount": 2, "Matcher": {"HttpCode": "200"},
             "Discovery": {"NamespaceName": "forum.local", "ServiceName": "\(service)"}}
            """
        }
        let rules = zip(SplitForum.services, ["users", "threads", "posts"]).enumerated().map {
            """
            {"Priority": \($0 + 1),
             "Conditions": [{"Field": "path-pattern", "Values": ["/api/\($1.1)*"]}],
             "Actions": [{"Type": "forward", "TargetGroupArn": "\($1.0)"}]}
            """
        }
        return """
            {"Listeners": [
              {"Address": "127.0.0.1", "Port": 0, "Protocol": "HTTP",
               "DefaultActions": [{"Type": "forward", "TargetGroupArn": "users"}],
               "Rules": [\(rules.joined(separator: ",\n"))]}],
             "TargetGroups": [\(groups.joined(separator: ",\n"))],
             "Admin": {"Address": "127.0.0.1", "Port": 0}}
            """
    }
}
