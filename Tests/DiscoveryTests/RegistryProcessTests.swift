import Bytes
import Discovery
import Fixture
import Glibc
import Testing

@Suite("The registry file among processes", .timeLimit(.minutes(5)))
struct RegistryProcessTests {
    private let folder: TemporaryFolder
    private let file: RegistryFile

    init() throws {
        folder = TemporaryFolder()
        file = RegistryFile(folder.file("registry.json"))
    }

    private func registry() throws -> Registry {
        guard case .registry(let registry) = try file.read() else { return Registry() }
        return registry
    }

    @Test("processes that register at once lose nothing of each other")
    func concurrent() async throws {
        let children = (0..<3).map { RegistryChild.start(file.path, name: "p\($0)") }
        for child in children { #expect(await child.ended()) }
        let count = RegistryChild.registrations * children.count
        #expect(try registry().service("users", in: "n")?.instances.count == count)
        #expect(try registry().revision == count)
    }

    @Test("a writer killed at any moment leaves a whole registry and no lock")
    func killed() async throws {
        var revision = 0
        for round in 0..<5 {
            let child = RegistryChild.start(file.path, name: "forever")
            while try registry().revision < revision + 3 + round { await Task.yield() }
            await child.kill()
            let left = try registry()
            #expect(left.revision > revision)
            let own = Instance(id: "own-\(round)", host: "127.0.0.1", port: 1)
            try await FileRegistry(file).register(own, as: "users", in: "n")
            revision = try registry().revision
            #expect(revision == left.revision + 1)
        }
    }
}

/// This test program once more, with nothing to do but to write to a registry.
enum RegistryChild {
    static let registrations = 15
    private static let variable = "REGISTRY_TEST_PATH"

    private static let title = "REGISTRY_TEST_NAME"

    /// The registry to write to, in a child.
    static var path: String? { value(of: variable) }
    /// What the child's instances are called.
    static var name: String { value(of: title) ?? "" }

    static func start(_ path: String, name: String) -> ChildProcess {
        ChildProcess("DiscoveryTests.ChildTests", [variable: path, title: name])
    }

    private static func value(of name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}

@Suite("What a child process does; skipped in the parent", .enabled(if: RegistryChild.path != nil))
struct ChildTests {
    @Test("it registers") func registers() async throws {
        let file = RegistryFile(try #require(RegistryChild.path))
        let count = RegistryChild.name == "forever" ? Int.max : RegistryChild.registrations
        for number in 0..<count {
            let one = Instance(
                id: "\(RegistryChild.name)-\(number % 100)", host: "127.0.0.1", port: 1)
            try await FileRegistry(file).register(one, as: "users", in: "n")
        }
    }
}
