import Bytes
import HTTP
import JSON
import Routing
import Synchronization

struct User: JSONRecord, ResponseConvertible {
    let id: ID<User>
    let username: String

    static let members: [JSONMember<Self>] = [.id("id", \.id), .string("username", \.username)]
    static let card = members("username") + [.string("initial") { String($0.username.prefix(1)) }]
}

struct NewUser: JSONDecodable {
    let username: String
    let bio: String?

    init(from fields: inout JSONFields) {
        username = fields.requiredString("username", length: 2...8)
        bio = fields.optionalString("bio")
    }
}

/// A module whose routes are the test's own.
struct TestModule: ServiceModule {
    let name: String
    let prefix: String
    let routes: [Route]

    init(_ routes: [Route]) { self.init("users", prefix: "/api/users", routes) }

    init(_ name: String, prefix: String, _ routes: [Route]) {
        self.name = name
        self.prefix = prefix
        self.routes = routes
    }
}

/// What a router reported as unexpected.
final class Reports: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var report: Router.Report {
        { error, route, trace in
            self.kept.withLock { $0.append("\(error) \(route) \(trace.traceText)") }
        }
    }
}

/// A clock that the test sets.
final class Clock: Sendable {
    private let now = Atomic<Int64>(0)

    var milliseconds: Int64 { now.load(ordering: .relaxed) }

    func advance(milliseconds: Int64) { now.add(milliseconds, ordering: .relaxed) }
}

/// A router behind a loopback, with the calls that tests make most.
struct Forum {
    let transport: LoopbackTransport
    let reports = Reports()

    init(
        _ modules: [any ServiceModule], _ settings: RouterSettings = RouterSettings(),
        context: @escaping LoopbackTransport.ContextMaker = LoopbackTransport.fixedContext
    ) {
        let router = Router(modules, settings, onUnexpected: reports.report)
        transport = LoopbackTransport(router, context: context)
    }

    init(_ routes: [Route], _ settings: RouterSettings = RouterSettings()) {
        self.init([TestModule(routes)], settings)
    }

    func send(
        _ method: Method, _ target: String, _ fields: Fields = Fields(), body: String = ""
    ) async throws -> ClientResponse {
        try await transport.send(
            ClientRequest(method, target, fields: fields, body: ByteString(body)))
    }

    func get(_ target: String, _ fields: Fields = Fields()) async throws -> ClientResponse {
        try await send(.get, target, fields)
    }

    func post(
        _ target: String, _ body: String, _ fields: Fields = [.contentType: "application/json"]
    ) async throws -> ClientResponse {
        try await send(.post, target, fields, body: body)
    }

    /// Status and body, in one line.
    func line(_ method: Method, _ target: String) async throws -> String {
        let response = try await send(method, target)
        return "\(response.status.code) \(response.body.text)"
    }
}

extension ClientResponse {
    /// A member of a JSON answer.
    func member(_ name: StaticString) throws -> JSONValue? { try JSONValue.parse(body)[name] }

    /// The slug of a problem, else the status code.
    var verdict: String {
        guard fields[.contentType] == Problem.contentType,
            case .string(let type)? = try? member("type")
        else { return "\(status.code)" }
        return String(type.split(separator: "/").last ?? "")
    }
}
