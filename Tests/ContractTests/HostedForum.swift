import Bytes
import Curl
import Fixture
import Gateway
import HTTP
import Identity
import Launch
import MessagesService
import Reactor
import Records
import Reference
import Routing
import TopicsService
import UsersService

@testable import Host

/// A whole forum as its mains wire it, in this process: services that find each other in a
/// registry and follow each other over sockets, and the gateway before them; or all in one.
final class HostedForum: Sendable {
    /// The two ways to run it that clients must not be able to tell apart.
    enum Shape: String, CaseIterable, Sendable { case gateway, monolith }

    /// A client that has never seen our code.
    let transport: CurlTransport
    private let folder: TemporaryFolder
    private let lives: [HostLife]
    private let gateway: RunningGateway?
    private let group: EventLoopGroup

    /// Starts a forum without users, threads and posts.
    init(_ shape: Shape) async throws {
        let folder = TemporaryFolder()
        let group = try EventLoopGroup(count: 1)
        self.folder = folder
        self.group = group
        switch shape {
        case .monolith:
            let life = try await HostedForum.life("monolith", folder, HostedForum.monolith)
            lives = [life]
            gateway = nil
            transport = try HostedForum.transport(life.address)
        case .gateway:
            let lives = [
                try await HostedForum.life("users", folder, HostedForum.users),
                try await HostedForum.life("topics", folder, HostedForum.topics),
                try await HostedForum.life("messages", folder, HostedForum.messages),
            ]
            let gateway = try await RunningGateway(
                try HostedForum.configuration(lives.map(\.address)), parts: .init(group: group))
            while await !gateway.control.hasSettled { await Task.yield() }
            self.lives = lives
            self.gateway = gateway
            transport = try HostedForum.transport(await gateway.listeners.addresses[0])
        }
    }

    /// What makes an admin of who registers with it first.
    var invite: String {
        get throws { try SecretFile(folder.file("setup.secret")).readOrCreate().text }
    }

    /// Ends everything in the order in which processes end.
    func end() async {
        _ = await gateway?.finish(withinMilliseconds: 1_000)
        for life in lives { await life.end() }
        group.stop()
    }

    /// Runs `body` against a new forum, and ends it.
    static func run<Result>(
        _ shape: Shape, _ body: (HostedForum) async throws -> Result
    ) async throws -> Result {
        let forum = try await HostedForum(shape)
        do {
            let result = try await body(forum)
            await forum.end()
            return result
        } catch {
            await forum.end()
            throw error
        }
    }

    // MARK: What the mains do

    private static func users(_ host: Host) throws -> [any ServiceModule] {
        let users = try Users(in: host)
        host.authenticator = users.authenticator
        return [users]
    }

    private static func topics(_ host: Host) throws -> [any ServiceModule] {
        let topics = try Topics(in: host, users: host.feed(of: "users"))
        host.authenticator = host.authenticator(knowing: CardDirectory(topics.store))
        return [topics]
    }

    private static func messages(_ host: Host) throws -> [any ServiceModule] {
        let messages = try Messages(
            in: host, users: host.feed(of: "users"), threads: host.feed(of: "threads"))
        host.authenticator = host.authenticator(knowing: CardDirectory(messages.store))
        return [messages]
    }

    private static func monolith(_ host: Host) throws -> [any ServiceModule] {
        let users = try Users(in: host)
        host.authenticator = users.authenticator
        let topics = try Topics(in: host, users: users.feed)
        let messages = try Messages(in: host, users: users.feed, threads: topics.feed)
        return [
            users, topics, messages,
            ReferenceRoutes(MergedDescription(of: [users, topics, messages])),
        ]
    }

    // MARK: Parts

    private static func life(
        _ name: String, _ folder: TemporaryFolder,
        _ modules: (Host) throws -> [any ServiceModule]
    ) async throws -> HostLife {
        var environment = Environment([
            "FORUM_PORT": "0", "FORUM_DATA": folder.path, "FORUM_LOOPS": "1",
            "FORUM_REGISTRY": folder.file("registry.json"), "FORUM_RATE_LIMITS": "0",
            "FORUM_ADMIN_SECRET": LoopbackForum.secret, "FORUM_LOG_LEVEL": "error",
            "FORUM_DRAIN_MILLISECONDS": "0",
        ])
        let settings = HostSettings(&environment, name: name, port: 0)
        precondition(environment.faults.isEmpty, "\(environment.faults)")
        let host = try Host(name: name, settings: settings)
        // What a guess costs is Identity's to test.
        host.passwordCost = ScryptParameters(logN: 1, blockSize: 1, parallelism: 1)!
        return try await HostLife(host, modules: try modules(host))
    }

    private static func transport(_ address: SocketAddress) throws -> CurlTransport {
        guard let transport = CurlTransport("http://\(address)") else {
            throw HTTPFault(.badRequest, "no-address", "\(address) is no address")
        }
        return transport
    }

    /// The rules of the gateway that is shipped, before these addresses.
    private static func configuration(
        _ addresses: [SocketAddress]
    ) throws -> GatewayConfiguration {
        let names = ["users", "topics", "messages"]
        let paths = ["/api/users", "/api/threads", "/api/posts"]
        var rules = try zip(names, paths).enumerated().map { index, entry in
            ListenerRule(
                priority: .number(index + 1),
                conditions: [.path([try PathPattern("\(entry.1)*")])],
                action: .forward(targetGroup: entry.0))
        }
        let looked = try ["/openapi.json", "/openapi.json/", "/problems", "/problems/*"].map(
            PathPattern.init)
        let sources = zip(names, paths).map {
            DescriptionSource(targetGroup: $0, path: "\($1)/openapi.json")
        }
        rules.append(
            ListenerRule(
                priority: .number(4), conditions: [.path(looked)], action: .reference(sources)))
        let listener = Listener(
            address: "127.0.0.1", port: 0, rules: rules,
            defaultAction: .forward(targetGroup: names[0]))
        let groups = zip(names, addresses).map { name, address in
            var group = TargetGroup(name: name)
            group.healthCheck.path = "/readyz"
            group.targets = [TargetGroup.FixedTarget(address: address.host, port: address.port)]
            return group
        }
        return GatewayConfiguration(listeners: [listener], targetGroups: groups)
    }
}
