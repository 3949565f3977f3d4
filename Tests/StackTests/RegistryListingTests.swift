import Bytes
import Discovery
import Fixture
import Glibc
import JSON
import Testing

@testable import Stack

@Suite("The registry, printed")
struct RegistryListingTests {
    private let folder = TemporaryFolder()
    private let start = Timestamp(milliseconds: 1_700_000_000_000)

    private func registry() throws -> Registry {
        var registry = Registry()
        for (id, service) in [("users-1", "users"), ("topics-1", "topics")] {
            try registry.register(
                Instance(id: id, host: "127.0.0.1", port: 8101, attributes: ["pid": "7"]),
                as: service, in: "forum.local", now: start)
        }
        return registry
    }

    @Test("a person reads a row an instance, sorted, with the age of its lease")
    func table() throws {
        let now = Timestamp(milliseconds: start.milliseconds + 2_500)
        #expect(
            RegistryListing(try registry(), now: now).table.lines == [
                "namespace    service  instance  address         health   revision  lease age",
                "forum.local  topics   topics-1  127.0.0.1:8101  HEALTHY  1         2.5 s",
                "forum.local  users    users-1   127.0.0.1:8101  HEALTHY  1         2.5 s",
            ])
    }

    @Test("a lease that ran out shows")
    func expired() throws {
        let now = Timestamp(milliseconds: start.milliseconds + 60_000)
        let lines = RegistryListing(try registry(), now: now).table.lines
        #expect(lines[1].contains("EXPIRED"))
    }

    @Test("a program reads an object an instance")
    func json() throws {
        let listing = RegistryListing(try registry(), now: start)
        guard case .array(let entries) = try JSONValue.parse(listing.json) else {
            Issue.record("no array")
            return
        }
        #expect(entries.count == 2)
        #expect(entries[0]["service"] == .string("topics"))
        #expect(entries[0]["leaseAgeMilliseconds"] == .integer(0))
        #expect(entries[0]["attributes"]?["pid"] == .string("7"))
    }

    @Test("a file that is no registry, and none at all, are one line each")
    func bad() throws {
        let broken = folder.write("broken.json", "{\"Revision\": no}")
        let log = open(folder.file("log"), O_RDWR | O_CREAT, 0o600)
        defer { close(log) }
        let console = Console(output: log, errors: log)
        #expect(RegistryCommand(path: broken, isJSON: false, console).run() == 65)
        #expect(RegistryCommand(path: folder.file("none"), isJSON: false, console).run() == 1)
        #expect(folder.read("log")?.split(separator: "\n").count == 2)
    }
}
