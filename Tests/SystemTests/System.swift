import Bytes
import Curl
import Fixture
import Glibc
import HTTP
import JSON
import Synchronization
import Testing

/// A forum whose programs are started one by one, without anybody who starts again what ends: what
/// is stopped stays so.
final class System: Sendable {
    /// The two ways to run the same modules.
    enum Architecture: CaseIterable, Sendable { case split, monolith }

    /// The admin secret of all of them.
    static let secret = "only-known-to-the-tests"

    let folder: TemporaryFolder
    let transport: CurlTransport
    /// The programs behind the entry; an instance of one is called `users-1`.
    let services: [String]
    private let gateway: Program?
    private let programs: Mutex<[String: Program]>
    private let settings: [String: String]

    private init(
        _ folder: TemporaryFolder, _ address: String, _ services: [String], gateway: Program? = nil,
        programs: [String: Program] = [:], settings: [String: String]
    ) throws {
        self.folder = folder
        transport = try #require(CurlTransport("http://\(address)"))
        self.services = services
        self.gateway = gateway
        self.programs = Mutex(programs)
        self.settings = settings
    }

    /// Starts either with one instance of each service.
    static func start(_ architecture: Architecture) async throws -> System {
        switch architecture {
        case .split: try await split()
        case .monolith: try await monolith()
        }
    }

    /// Starts a gateway and so many replicas of each service, and waits until all of them answer.
    /// `settings` are those of every service.
    static func split(
        replicas: [String: Int] = [:], settings: [String: String] = [:]
    ) async throws -> System {
        let folder = TemporaryFolder()
        let settings = usual(folder).merging(settings) { $1 }
        folder.folder("data")
        folder.write("data/gateway.json", GatewayRules.text)
        let gateway = Program(
            "gateway", in: folder,
            environment: [
                "FORUM_CONFIG": folder.file("data/gateway.json"), "FORUM_LOOPS": "1",
                "FORUM_REGISTRY": folder.file("data/registry.json"),
            ])
        let services = GatewayRules.services
        let system = try System(
            folder, await address(of: gateway), services, gateway: gateway, settings: settings)
        try await system.start(
            services.flatMap { service in
                (1...(replicas[service] ?? 1)).map { "\(service)-\($0)" }
            })
        return system
    }

    /// Starts the same modules in one process, on a port that it keeps when it is started again.
    static func monolith() async throws -> System {
        let folder = TemporaryFolder()
        var settings = usual(folder)
        settings["FORUM_INSTANCE"] = "monolith-1"
        let program = Program("monolith", in: folder, environment: settings)
        let address = try await address(of: program)
        settings["FORUM_PORT"] = address.split(separator: ":").last.map(String.init)
        return try System(
            folder, address, ["monolith"], programs: ["monolith-1": program], settings: settings)
    }

    private static func usual(_ folder: TemporaryFolder) -> [String: String] {
        [
            "FORUM_ADDRESS": "127.0.0.1", "FORUM_PORT": "0", "FORUM_DATA": folder.file("data"),
            "FORUM_REGISTRY": folder.file("data/registry.json"),
            "FORUM_ADMIN_SECRET": secret, "FORUM_RATE_LIMITS": "0",
            "FORUM_DRAIN_MILLISECONDS": "0", "FORUM_LOOPS": "1",
        ]
    }

    // MARK: Programs

    /// Starts instances that do not run, all at once, and waits until the gateway finds them. No
    /// file that they write grows beyond `fileBytesMax`.
    func start(_ names: [String], fileBytesMax: Int? = nil) async throws {
        let started = names.map { name in
            let service = String(name.split(separator: "-")[0])
            let settings = settings.merging(["FORUM_INSTANCE": name]) { $1 }
            let program = Program(
                service, in: folder, environment: settings, fileBytesMax: fileBytesMax)
            return (name, program)
        }
        for (name, program) in started {
            _ = try await System.address(of: program)
            programs.withLock { $0[name] = program }
        }
        for (name, _) in started {
            let path = System.path(of: name)
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

    /// Ends every instance as an operator would.
    func stop() async {
        let running = programs.withLock { $0.filter(\.value.isRunning).keys }
        for name in running.sorted() { await stop(name) }
    }

    /// Ends an instance as an operator would.
    func stop(_ name: String) async {
        let program = program(name)
        program.send(SIGTERM)
        #expect(await program.end() == 0, "\(program.said)")
    }

    /// An instance that has not ended of the program that has this service.
    func running(_ service: String) throws -> String {
        let names = ["\(service)-", "monolith-"]
        let found = programs.withLock { programs in
            programs.first { instance in
                names.contains(where: instance.key.hasPrefix) && instance.value.isRunning
            }
        }
        return try #require(found?.key, "\(service) has an instance that runs")
    }

    /// What an instance says of itself: `/readyz`, `/metrics`.
    func ask(
        _ name: String, _ path: String, _ fields: Fields = [:]
    ) async throws -> Answer {
        let address = try await System.address(of: program(name))
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
    static let services = ["users", "topics", "messages"]

    static var text: String {
        let groups = services.map { service in
            """
            {"TargetGroupName": "\(service)", "HealthCheckPath": "/readyz",
             "HealthCheckIntervalSeconds": 5, "HealthyThresholdCount": 2,
             "UnhealthyThresholdCount": 2, "Matcher": {"HttpCode": "200"},
             "Discovery": {"NamespaceName": "forum.local", "ServiceName": "\(service)"}}
            """
        }
        let rules = zip(services, ["users", "threads", "posts"]).enumerated().map {
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
