import Bytes
import Discovery
import Fixture
import HTTP
import HTTPServer
import Identity
import Outbox
import Reactor
import Routing
import Telemetry
import Testing

@testable import Host

@Suite("Modules that follow each other", .timeLimit(.minutes(5)))
struct FeedExchangeTests {
    private let folder = TemporaryFolder()
    private let secret = Secret("known-to-the-services-only")

    private func exchange(
        _ modules: [any ServiceModule], _ neighbours: Neighbours? = nil
    ) throws -> FeedExchange {
        try FeedExchange(
            modules, secret: secret, neighbours: neighbours, log: Log(service: "test"))
    }

    /// Registers for an hour: on a busy machine a test may take longer than a lease.
    private func hour(of registry: RegistryFile) -> FileRegistry {
        FileRegistry(registry) {
            Timestamp(milliseconds: Timestamp.now().milliseconds + 3_600_000)
        }
    }

    /// What the wire `by` has heard once it has reached `position` of `source`.
    private func heard(
        _ exchange: FeedExchange, by wire: String, _ position: Int64, of source: String
    ) async throws -> String {
        let router = Router(exchange.modules) { _, _, _ in }
        let answer = try await LoopbackTransport(router).send(
            ClientRequest(
                .get, "/api/\(wire)/heard", fields: [.forumPosition: "\(source)=\(position)"]))
        return answer.body.text
    }

    @Test("in one process they hear of each other by calls, without a secret or a registry")
    func together() async throws {
        let users = try Village("users", in: folder, keeping: "posts")
        let posts = try Village("posts", in: folder, keeping: "users")
        let exchange = try FeedExchange(
            [users, posts], secret: nil, neighbours: nil, log: Log(service: "test"))
        await exchange.start()
        let first = try await users.add("alma")
        let second = try await posts.add("hello")
        #expect(try await heard(exchange, by: "posts", first, of: "users") == "alma")
        #expect(try await heard(exchange, by: "users", second, of: "posts") == "hello")
        exchange.drain()
        await exchange.stop()
    }

    @Test("in two processes they hear of each other over HTTP, wherever the registry says")
    func apart() async throws {
        let group = try EventLoopGroup(count: 1)
        let registry = RegistryFile(folder.file("registry.json"))
        let users = try Village("users", in: folder, keeping: nil)
        _ = try await users.add("alma")
        let telling = try exchange([users])
        await telling.start()
        let neighbours = Neighbours(registry, on: group.loops[0])
        let posts = try Village("posts", in: folder, keeping: "users")
        let following = try exchange([posts], neighbours)
        // Nobody is in the registry yet, and the start does not wait for them.
        await following.start()
        #expect(following.figures.map(\.figures.isReachable) == [false])

        let server = try await HTTPServer(
            on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()),
            responder: Router(telling.modules) { _, _, _ in }
        ) { _ in nil }
        try await hour(of: registry).register(
            Instance(id: "users-1", host: "127.0.0.1", port: Int(server.address.port)),
            as: "users", in: HostSettings.namespace)
        let position = try await users.add("emil")
        while try await heard(following, by: "posts", position, of: "users") != "alma emil" {}

        telling.drain()
        await following.stop()
        await telling.stop()
        _ = await server.finish(withinMilliseconds: 0)
        group.stop()
    }

    @Test("a request finds the instance that answers, whoever else is in the registry")
    func neighbours() async throws {
        let group = try EventLoopGroup(count: 1)
        let registry = RegistryFile(folder.file("registry.json"))
        let users = try Village("users", in: folder, keeping: nil)
        let server = try await HTTPServer(
            on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()),
            responder: Router([users]) { _, _, _ in }
        ) { _ in nil }
        // As replicas that were killed are, until their leases end: nobody listens there.
        for (name, port) in [("a", 1), ("b", 2), ("c", Int(server.address.port)), ("d", 3)] {
            try await hour(of: registry).register(
                Instance(id: name, host: "127.0.0.1", port: port), as: "users",
                in: HostSettings.namespace)
        }
        let neighbours = Neighbours(registry, on: group.loops[0])
        for _ in 0..<20 {
            let answer = try await neighbours.transport(to: "users").send(
                ClientRequest(.get, "/api/users/heard"))
            #expect(answer.status == .ok)
        }
        neighbours.close()
        _ = await server.finish(withinMilliseconds: 0)
        group.stop()
    }

    @Test("who answered is asked again, who failed is asked last")
    func experience() throws {
        let addresses = (1...4).map { SocketAddress.loopback($0) }
        let experience = NeighbourTransport.Experience()
        #expect(Set(experience.order(addresses)) == Set(addresses))
        experience.answered(addresses[2])
        experience.failed(addresses[0])
        for _ in 0..<10 {
            #expect(experience.order(addresses).first == addresses[2])
            #expect(experience.order(addresses).last == addresses[0])
        }
        experience.failed(addresses[2])
        #expect(experience.order(addresses).last == addresses[2])
        #expect(experience.order([addresses[2]]) == [addresses[2]])
    }

    @Test("a feed is told to nobody who does not know the secret")
    func guarded() async throws {
        let users = try Village("users", in: folder, keeping: nil)
        let router = Router(try exchange([users]).modules) { _, _, _ in }
        let transport = LoopbackTransport(router)
        for authorization in ["Bearer another-secret-of-services", "Basic eA=="] {
            let answer = try await transport.send(
                ClientRequest(
                    .get, "/internal/users/feed", fields: [.authorization: authorization]))
            #expect([401, 403].contains(answer.status.code))
        }
        let stranger = try await transport.send(ClientRequest(.get, "/internal/users/feed"))
        #expect(stranger.status == .unauthorized)
        let known = try await transport.send(
            ClientRequest(
                .get, "/internal/users/feed",
                fields: [.authorization: "Bearer known-to-the-services-only"]))
        #expect(known.status == .ok)
    }

    @Test("a process says whom it follows and how far, to health checks and in metrics")
    func figures() async throws {
        let users = try Village("users", in: folder, keeping: nil)
        let posts = try Village("posts", in: folder, keeping: "users")
        let exchange = try exchange([users, posts])
        await exchange.start()
        let position = try await users.add("alma")
        _ = try await heard(exchange, by: "posts", position, of: "users")
        let metrics = Metrics()
        FeedMetrics.register(exchange, in: metrics)
        let readiness = Readiness()
        readiness.state = .ready
        let routes = HostRoutes(
            name: "monolith", readiness: readiness, metrics: metrics, exchange: exchange)
        let transport = LoopbackTransport(Router([routes]) { _, _, _ in })
        let ready = try await transport.send(ClientRequest(.get, "/readyz")).body.text
        // How many seconds it lags is up to the processor that the test gets.
        #expect(ready.contains(#"{"by":"posts","source":"users","position":1,"lagSeconds":"#))
        #expect(ready.contains(#","reachable":true}"#))
        let text = try await transport.send(ClientRequest(.get, "/metrics")).body.text
        #expect(text.contains(#"feed_position{by="posts",source="users"} 1"#))
        exchange.drain()
        await exchange.stop()
    }
}
