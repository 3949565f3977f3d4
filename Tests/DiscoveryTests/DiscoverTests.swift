import Bytes
import Discovery
import Testing

@Suite("Asking the registry")
struct DiscoverTests {
    private let now = Timestamp(milliseconds: 1_000)

    private func registry(_ instances: [Instance]) throws -> Registry {
        var registry = Registry()
        for instance in instances {
            try registry.register(instance, as: "users", in: "n", now: now)
        }
        return registry
    }

    private func instance(
        _ id: String, _ health: Instance.CustomHealth, _ attributes: [String: String] = [:]
    ) -> Instance {
        var made = Instance(id: id, host: "127.0.0.1", port: 1, attributes: attributes)
        made.customHealth = health
        return made
    }

    @Test(
        "the health filter answers as Cloud Map's does",
        arguments: [
            (Registry.HealthFilter.healthy, ["a"]), (.unhealthy, ["b"]), (.all, ["a", "b"]),
            (.healthyOrElseAll, ["a"]),
        ])
    func health(filter: Registry.HealthFilter, expected: [String]) throws {
        let registry = try registry([instance("a", .healthy), instance("b", .unhealthy)])
        let found = registry.discover("users", in: "n", health: filter, now: now)
        #expect(found.map(\.id) == expected)
    }

    @Test("HEALTHY_OR_ELSE_ALL gives all when none is healthy")
    func orElseAll() throws {
        let registry = try registry([instance("a", .unhealthy), instance("b", .unhealthy)])
        let found = registry.discover("users", in: "n", health: .healthyOrElseAll, now: now)
        #expect(found.count == 2)
    }

    @Test("required attributes must match; optional ones give way when nothing matches them")
    func attributes() throws {
        let registry = try registry([
            instance("a", .healthy, ["zone": "1"]), instance("b", .healthy, ["zone": "2"]),
        ])
        func ids(_ required: [String: String], _ optional: [String: String]) -> [String] {
            registry.discover("users", in: "n", required: required, optional: optional, now: now)
                .map(\.id)
        }
        #expect(ids(["zone": "2"], [:]) == ["b"])
        #expect(ids(["zone": "3"], [:]) == [])
        #expect(ids([:], ["zone": "1"]) == ["a"])
        #expect(ids([:], ["zone": "9"]) == ["a", "b"])
    }
}
