import Bytes
import Discovery
import Foundation
import Glibc
import Testing

@Suite("The registry file among processes", .timeLimit(.minutes(1)))
struct RegistryProcessTests {
    private let folder: TemporaryFolder
    private let file: RegistryFile

    init() throws {
        folder = try TemporaryFolder()
        file = RegistryFile(folder.file("registry.json"))
    }

    private func registry() throws -> Registry {
        guard case .registry(let registry) = try file.read() else { return Registry() }
        return registry
    }

    @Test("processes that register at once lose nothing of each other")
    func concurrent() throws {
        let children = try (0..<3).map { try RegistryChild.start(file.path, name: "p\($0)") }
        for child in children { child.waitUntilExit() }
        #expect(children.map(\.terminationStatus) == [0, 0, 0])
        let count = RegistryChild.registrations * children.count
        #expect(try registry().service("users", in: "n")?.instances.count == count)
        #expect(try registry().revision == count)
    }

    @Test("a writer killed at any moment leaves a whole registry and no lock")
    func killed() async throws {
        var revision = 0
        for round in 0..<5 {
            let child = try RegistryChild.start(file.path, name: "forever")
            while try registry().revision < revision + 3 + round {
                #expect(child.isRunning)
                await Task.yield()
            }
            kill(child.processIdentifier, SIGKILL)
            child.waitUntilExit()
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

    /// The registry to write to, in a child.
    static var path: String? { ProcessInfo.processInfo.environment[variable] }
    /// What the child's instances are called.
    static var name: String { ProcessInfo.processInfo.environment["REGISTRY_TEST_NAME"] ?? "" }

    static func start(_ path: String, name: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe"))
        process.arguments = ["--testing-library", "swift-testing", "--filter", "ChildTests"]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [variable: path, "REGISTRY_TEST_NAME": name]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}

@Suite("What a child process does; skipped in the parent", .enabled(if: RegistryChild.path != nil))
struct ChildTests {
    @Test("it registers") func registers() async throws {
        let file = RegistryFile(try #require(RegistryChild.path))
        let count = RegistryChild.name == "forever" ? Int.max : RegistryChild.registrations
        let parent = getppid()
        // A child that lost its parent must not go on alone.
        for number in 0..<count {
            guard getppid() == parent else { return }
            let one = Instance(
                id: "\(RegistryChild.name)-\(number % 100)", host: "127.0.0.1", port: 1)
            try await FileRegistry(file).register(one, as: "users", in: "n")
        }
    }
}
