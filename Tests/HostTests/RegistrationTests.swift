import Bytes
import Discovery
import Fixture
import Foundation
import Telemetry
import Testing

@testable import Host

@Suite("A process in the registry")
struct RegistrationTests {
    private let folder: TemporaryFolder
    private let file: RegistryFile

    init() throws {
        folder = TemporaryFolder()
        file = RegistryFile(folder.file("registry.json"))
    }

    private func registration() -> Registration {
        Registration(
            Instance(id: "users-1", host: "127.0.0.1", port: 8101), of: "users", in: "forum.local",
            registry: FileRegistry(file), log: Log(service: "users", minimum: .error))
    }

    private func found() throws -> [String] {
        guard case .registry(let registry) = try file.read() else { return [] }
        return registry.discover("users", in: "forum.local", now: .now()).map(\.id)
    }

    @Test("it is there from its beginning to its end, and not a moment longer")
    func life() async throws {
        let registration = registration()
        try await registration.begin()
        #expect(try found() == ["users-1"])
        await registration.end()
        #expect(try found() == [])
    }

    @Test("a registry that is none stops the start")
    func broken() async throws {
        try "{ not".write(toFile: file.path, atomically: true, encoding: .utf8)
        await #expect(throws: RegistryError.self) { try await registration().begin() }
    }

    @Test(
        "a data folder that cannot be written to says what to do",
        arguments: ["/proc/no", "/dev/null"])
    func dataFolder(path: String) {
        #expect(throws: DataFolder.Failure.self) { try DataFolder.create(path) }
    }
}
