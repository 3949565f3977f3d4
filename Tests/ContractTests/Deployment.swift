import Bytes
import Fixture
import HTTP
import MessagesService
import Routing
import TopicsService
import UsersService

/// A way to run the three services. Whatever it is, clients cannot tell: that is the contract.
enum Deployment: String, CaseIterable, Sendable {
    /// Three routers behind the lab's listener rules, without a socket.
    case split
    /// One router with the three modules, without a socket.
    case monolith
    /// Three servers; the client follows the rules.
    case splitOnSockets
    /// One server with the three modules.
    case monolithOnSockets
    /// Three servers behind the gateway.
    case gateway

    /// Runs `body` against a new forum without users, threads and posts, and ends it.
    func run<Result>(
        isOpen: Bool = true, _ body: (RunningForum) async throws -> Result
    ) async throws -> Result {
        let modules = try LoopbackForum(isOpen: isOpen) { parts in
            [
                Users(store: try parts.store("users", Users.schema), access: parts.access),
                Topics(store: try parts.store("topics", Topics.schema), access: parts.access),
                Messages(store: try parts.store("messages", Messages.schema), access: parts.access),
            ]
        }
        // The stores' folder is the fixture's, and must outlive every answer.
        defer { withExtendedLifetime(modules) {} }
        switch self {
        case .split: return try await body(RunningForum(ListenerRules(modules.modules)))
        case .monolith: return try await body(RunningForum(modules.transport))
        default: return try await serve(modules.modules, body)
        }
    }

    private func serve<Result>(
        _ modules: [any ServiceModule], _ body: (RunningForum) async throws -> Result
    ) async throws -> Result {
        let processes = self == .monolithOnSockets ? [modules] : modules.map { [$0] }
        let served = try await Served(processes, behindGateway: self == .gateway)
        do {
            var transport = try served.transport()
            if self == .splitOnSockets {
                transport = ListenerRules(
                    try modules.indices.map { (modules[$0].prefix, try served.transport(to: $0)) })
            }
            let result = try await body(RunningForum(transport))
            await served.end()
            return result
        } catch {
            await served.end()
            throw error
        }
    }
}

/// A forum as its clients see it.
struct RunningForum: Sendable {
    let transport: any HTTPTransport

    init(_ transport: any HTTPTransport) { self.transport = transport }

    func send(
        _ method: Method, _ target: String, _ fields: Fields = Fields(), body: String = ""
    ) async throws -> Answer {
        let request = ClientRequest(
            method, target, fields: fields, body: ByteString(body), timeoutMilliseconds: 60_000)
        return Answer(try await transport.send(request))
    }

    func get(_ target: String, _ fields: Fields = Fields()) async throws -> Answer {
        try await send(.get, target, fields)
    }

    func post(_ target: String, _ body: String) async throws -> Answer {
        try await send(.post, target, [.contentType: "application/json"], body: body)
    }

    /// Loads lines as the operator.
    func bulk(_ target: String, _ lines: [String]) async throws -> Answer {
        let fields: Fields = [
            .contentType: "application/x-ndjson",
            .authorization: "Bearer \(LoopbackForum.secret)",
        ]
        return try await send(.post, target, fields, body: lines.map { $0 + "\n" }.joined())
    }
}

/// The rules of the lab's listener: each path to the service whose prefix it has, the rest to the
/// first.
struct ListenerRules: HTTPTransport {
    private let targets: [(prefix: String, transport: any HTTPTransport)]

    init(_ targets: [(prefix: String, transport: any HTTPTransport)]) {
        precondition(!targets.isEmpty, "there is a default target")
        self.targets = targets
    }

    /// Each module behind a loopback of its own.
    init(_ modules: [any ServiceModule]) {
        self.init(modules.map { ($0.prefix, LoopbackTransport(Router([$0]) { _, _, _ in })) })
    }

    func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse {
        let target = targets.first { request.target.hasPrefix($0.prefix) } ?? targets[0]
        return try await target.transport.send(request)
    }
}
