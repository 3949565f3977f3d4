import Bytes
import Gateway
import HTTP
import JSON
import Reactor
import Routing
import Synchronization
import Telemetry
import Testing

/// What the gateway answers itself: the meaning of problems, and one description of the API.
@Suite("A reference rule")
struct ReferenceRuleTests {
    private static let rule = """
        {"Priority": 9, "Conditions": [{"Field": "path-pattern",
           "Values": ["/openapi.json", "/problems", "/problems/*"]}],
         "Actions": [{"Type": "reference", "ReferenceConfig": {"Descriptions":
           [{"TargetGroupArn": "users", "Path": "/api/users/openapi.json"}]}}]}
        """

    private let source = DescriptionSource(targetGroup: "users", path: "/api/users/openapi.json")

    @Test("names where target groups describe themselves, and is shown as it was read")
    func configuration() throws {
        let before = try parse(rules: Self.rule)
        #expect(before.listeners[0].rules[0].action == .reference([source]))
        #expect(before.references == [[source]])
        let shown = try JSONValue.parse(AdminDocuments.rules(before))
        var json = JSONWriter()
        json.beginObject()
        json.key("Listeners")
        json.value(shown["Listeners"] ?? .null)
        json.key("TargetGroups")
        json.raw(#"[{"TargetGroupName": "users"}]"#)
        json.endObject()
        #expect(try parse(json.finish().text).listeners == before.listeners)
    }

    @Test(
        "is refused where it does not say whose, or says a path that is none",
        arguments: [
            (#"{"Type": "reference"}"#, "/ReferenceConfig"),
            (
                #"{"Type": "reference", "ReferenceConfig": {"Descriptions": [{"TargetGroupArn": "x", "Path": "/a"}]}}"#,
                "/ReferenceConfig/Descriptions/0/TargetGroupArn"
            ),
            (
                #"{"Type": "reference", "ReferenceConfig": {"Descriptions": [{"TargetGroupArn": "users", "Path": "a"}]}}"#,
                "/ReferenceConfig/Descriptions/0/Path"
            ),
        ])
    func refused(action: String, place: String) {
        let rule = """
            {"Priority": 1, "Conditions": [{"Field": "path-pattern", "Values": ["/a"]}],
             "Actions": [\(action)]}
            """
        #expect(
            faults(file(rules: rule)).map(\.pointer) == ["/Listeners/0/Rules/0/Actions/0\(place)"])
    }

    @Test("the configuration that is shipped loads and explains problems")
    func shipped() throws {
        let here = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let configuration = try ConfigurationFile(path: "/\(here)/docker/gateway.json").load()
        #expect(configuration.references.map(\.count) == [3])
    }

    @Test("problems are explained though no target is there")
    func problems() async throws {
        let plane = Plane(try parse(rules: Self.rule), ManualClock())
        await plane.start { _, _, _ in nil }
        #expect(try await plane.get("/problems/locked").status == .ok)
        #expect(try await plane.get("/openapi.json").status == .serviceUnavailable)
    }

    @Test("a description is read when a target is there, and kept while it is not")
    func kept() async throws {
        let clock = ManualClock()
        let plane = Plane(try Self.configuration(), clock)
        let says = Mutex<String?>(#"{"paths":{"/old":{}}}"#)
        let asked = Mutex<[String?]>([])
        await plane.start { _, _, known in
            asked.withLock { $0.append(known?.etag) }
            let text = says.withLock { $0 }
            return text.map { DescriptionShelf.Copy(ByteString($0), etag: "\"1\"") }
        }
        while await !plane.control.hasSettled { await Task.yield() }
        #expect(try await plane.get("/openapi.json").body.text.contains("\"/old\""))
        // A second later there is nothing to be had; what was said is still true.
        says.withLock { $0 = nil }
        await clock.sleepers(2)
        clock.advance(by: .seconds(60))
        while asked.withLock({ $0.count }) < 2 { await Task.yield() }
        #expect(asked.withLock { $0.last } == "\"1\"")
        while await !plane.control.hasSettled { await Task.yield() }
        #expect(try await plane.get("/openapi.json").body.text.contains("\"/old\""))
        says.withLock { $0 = #"{"paths":{"/new":{}}}"# }
        await clock.sleepers(2)
        clock.advance(by: .seconds(60))
        while try await !plane.get("/openapi.json").body.text.contains("\"/new\"") {
            await Task.yield()
        }
        await plane.control.stop()
    }

    @Test("over real connections: a service that describes itself is described")
    func live() async throws {
        let document = #"{"openapi":"3.1.0","info":{"title":"users"},"paths":{"/api/users":{}}}"#
        let target = try ScriptedTarget.answering { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: \(document.utf8.count)\r\n\r\n\(document)"
        }
        let group = try EventLoopGroup(count: 1)
        var configuration = try Self.configuration()
        configuration.listeners = [
            Listener(
                address: "127.0.0.1", port: 0, rules: [],
                defaultAction: .reference([source]))
        ]
        configuration.targetGroups[0].targets = [
            TargetGroup.FixedTarget(address: target.address.host, port: target.address.port)
        ]
        var parts = RunningGateway.Parts(group: group)
        parts.probe = { _, _ in .passed }
        let gateway = try await RunningGateway(configuration, parts: parts)
        while await !gateway.control.hasSettled { await Task.yield() }
        let address = await gateway.listeners.addresses[0]
        let answers = try await blocking {
            let connection = try RawConnection(to: address)
            var answers: [Message] = []
            for path in ["GET /openapi.json", "GET /problems/gone", "POST /problems"] {
                connection.send("\(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                if let answer = connection.message() { answers.append(answer) }
            }
            return answers
        }
        #expect(answers.map(\.status) == [200, 200, 405])
        #expect(answers[0].text.contains("\"/api/users\""))
        _ = await gateway.finish(withinMilliseconds: 0)
        group.stop()
    }

    /// The rule, and one target that is always healthy.
    private static func configuration() throws -> GatewayConfiguration {
        var configuration = try parse(rules: rule)
        configuration.targetGroups[0].targets = [
            TargetGroup.FixedTarget(address: "127.0.0.1", port: 9)
        ]
        configuration.targetGroups[0].healthCheck.intervalMilliseconds = 300_000
        return configuration
    }
}

/// A control plane whose targets all pass their probes, and the table that it published last.
private final class Plane: DataPlane {
    let control: ControlPlane
    private let last = Mutex<RoutingTable?>(nil)

    init(_ configuration: GatewayConfiguration, _ clock: ManualClock) {
        control = ControlPlane(
            configuration, slots: [0], loops: 1, metrics: Metrics(), clock: clock
        ) { _ in }
    }

    func start(_ describe: @escaping DescriptionReader) async {
        await control.start([:], traffic: self, probe: { _, _ in .passed }, describe: describe)
    }

    /// What the rule answers now.
    func get(_ target: String) async throws -> ClientResponse {
        let table = try #require(last.withLock { $0 })
        return try await LoopbackTransport(table.references[0]).send(ClientRequest(.get, target))
    }

    func follow(_ table: RoutingTable) { last.withLock { $0 = table } }
    func retire(_ target: Target) {}
    func cut(_ target: Target) {}
}
