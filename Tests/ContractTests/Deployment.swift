import Bytes
import Fixture
import HTTP
import MessagesService
import Routing
import SQLite
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

    /// Runs `body` against a new forum without users, threads and posts, and ends it. The time is
    /// the real one, which servers go by: tokens end by it.
    func run<Result>(_ body: (RunningForum) async throws -> Result) async throws -> Result {
        let forum = try LoopbackForum(clock: StoreSettings.systemClock) { parts in
            let users = Users(
                store: try parts.store("users", Users.schema), accounts: try parts.accounts())
            let topics = Topics(store: try parts.store("topics", Topics.schema))
            let messages = Messages(
                store: try parts.store("messages", Messages.schema),
                probe: Messages.probe(topics.feed))
            return [users, topics, messages]
        }
        // The stores' folder is the fixture's, and must outlive every answer.
        defer { withExtendedLifetime(forum) {} }
        switch self {
        case .split: return try await body(RunningForum(ListenerRules(forum)))
        case .monolith: return try await body(RunningForum(forum.transport))
        default: return try await serve(forum, body)
        }
    }

    private func serve<Result>(
        _ forum: LoopbackForum, _ body: (RunningForum) async throws -> Result
    ) async throws -> Result {
        let modules = forum.modules
        let processes = self == .monolithOnSockets ? [modules] : modules.map { [$0] }
        let served = try await Served(
            processes, forum.routing, behindGateway: self == .gateway)
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

    /// Posts JSON as `member`.
    func post(_ target: String, _ body: String, as member: Member) async throws -> Answer {
        var fields = member.fields
        fields[.contentType] = "application/json"
        return try await send(.post, target, fields, body: body)
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
    init(_ forum: LoopbackForum) {
        self.init(
            forum.modules.map { module in
                let router = Router([module], forum.routing) { _, _, _ in }
                return (module.prefix, LoopbackTransport(router, context: forum.context))
            })
    }

    func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse {
        let target = targets.first { request.target.hasPrefix($0.prefix) } ?? targets[0]
        return try await target.transport.send(request)
    }
}
