import Bytes
import Discovery
import Fixture
import Foundation
import Testing

@Suite("The registry file")
struct RegistryFileTests {
    private let folder: TemporaryFolder
    private let file: RegistryFile
    private let noon = Timestamp(milliseconds: 1_700_000_000_000)

    init() throws {
        folder = TemporaryFolder()
        file = RegistryFile(folder.file("registry.json"))
    }

    private func registry() throws -> Registry {
        guard case .registry(let registry) = try file.read() else { return Registry() }
        return registry
    }

    private func registry(_ now: Timestamp) -> FileRegistry { FileRegistry(file, now: { now }) }

    private func instance(_ id: String, port: Int = 8101) -> Instance {
        Instance(id: id, host: "127.0.0.1", port: port, attributes: ["version": "1"])
    }

    @Test("what was registered is found, with its address, by whoever reads the file")
    func register() async throws {
        try await registry(noon).register(instance("a"), as: "users", in: "forum.local")
        let found = try registry().discover("users", in: "forum.local", now: noon)
        #expect(found.map(\.id) == ["a"] && found[0].host == "127.0.0.1" && found[0].port == 8101)
        #expect(found[0].renewedAt == noon)
    }

    @Test("InstancesRevision rises on register and deregister only; Revision on every change")
    func revisions() async throws {
        try await registry(noon).register(instance("a"), as: "users", in: "n")
        try await registry(Timestamp(milliseconds: noon.milliseconds + 5_000))
            .renew(instance("a"), of: "users", in: "n")
        #expect(try registry().service("users", in: "n")?.instancesRevision == 1)
        #expect(try registry().revision == 2)
        try await registry(noon).deregister("a", from: "users", in: "n")
        #expect(try registry().service("users", in: "n")?.instancesRevision == 2)
        try await registry(noon).deregister("a", from: "users", in: "n")
        #expect(try registry().revision == 3)
    }

    @Test("any number of writers register at once and none is lost")
    func concurrent() async throws {
        let file = file
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...40 {
                group.addTask {
                    let one = Instance(id: "i-\(number)", host: "127.0.0.1", port: number)
                    try await FileRegistry(RegistryFile(file.path))
                        .register(one, as: "users", in: "n")
                }
            }
            try await group.waitForAll()
        }
        #expect(try registry().service("users", in: "n")?.instances.count == 40)
        #expect(try registry().revision == 40)
    }

    @Test("a draft left by a crash is neither read nor in the way")
    func crash() async throws {
        try await registry(noon).register(instance("a"), as: "users", in: "n")
        folder.write("registry.json.99.draft", "{\"Revi")
        try await registry(noon).register(instance("b"), as: "users", in: "n")
        #expect(try registry().service("users", in: "n")?.instances.count == 2)
    }

    @Test("members that a person or a newer version added survive a rewrite")
    func unknownMembers() async throws {
        folder.write(
            "registry.json",
            """
            {"Note":"kept","Namespaces":{"n":{"Owner":"ops","Services":{"users":{"Tier":1,
            "Instances":{"hand":{"Attributes":{"AWS_INSTANCE_IPV4":"10.0.0.1",
            "AWS_INSTANCE_PORT":"80"},"Comment":"by hand"}}}}}}}
            """)
        try await registry(noon).register(instance("a"), as: "users", in: "n")
        let text = try #require(folder.read("registry.json"))
        for kept in ["\"kept\"", "\"ops\"", "\"Tier\": 1", "\"by hand\""] {
            #expect(text.contains(kept))
        }
        #expect(try registry().discover("users", in: "n", now: noon).map(\.id) == ["a", "hand"])
    }

    @Test("the file is written for people: indented, sorted, ending with a line feed")
    func readable() async throws {
        try await registry(noon).register(instance("a"), as: "users", in: "n")
        let lines = try #require(folder.read("registry.json")).components(separatedBy: "\n")
        #expect(lines.first == "{" && lines[1] == "  \"Revision\": 1," && lines.last == "")
    }

    @Test(
        "a file that is no registry is refused with the place of the fault and never overwritten",
        arguments: [
            ("{\n  \"Revision\": 1,\n  oops\n}", 3, 3), ("[]", 1, 1),
            ("{\"Namespaces\":{\"n\":7}}", 1, 16), ("{\"Revision\":-1}", 1, 2),
            ("{\"Revision\":9223372036854775807}", 1, 2),
            (
                """
                {"Note": {"Namespaces": 1}, "Namespaces": {"n": {"Services": {"users": {
                  "Instances": {
                    "a": { "Attributes": { "AWS_INSTANCE_PORT": "80" } },
                    "b": { "Attributes": { "AWS_INSTANCE_PORT": 80 } }
                }}}}}}
                """, 4, 28
            ),
        ])
    func malformed(text: String, line: Int, column: Int) async throws {
        folder.write("registry.json", text)
        do {
            try await registry(noon).register(instance("a"), as: "users", in: "n")
            Issue.record("was accepted")
        } catch RegistryError.malformed(_, let atLine, let atColumn, _) {
            #expect(atLine == line && atColumn == column)
        }
        #expect(folder.read("registry.json") == text)
    }

    @Test("missing, empty and good are three different things")
    func states() throws {
        #expect(try file.read() == .missing)
        folder.write("registry.json", "")
        #expect(try file.read() == .empty)
        folder.write("registry.json", "{}")
        #expect(try file.read() == .registry(Registry()))
    }

    @Test("an instance whose lease ran out is not found, and the next writer removes it")
    func lease() async throws {
        try await registry(noon).register(instance("old"), as: "users", in: "n")
        let later = Timestamp(milliseconds: noon.milliseconds + 60_000)
        #expect(try registry().discover("users", in: "n", now: later).isEmpty)
        try await registry(later).register(instance("new"), as: "users", in: "n")
        #expect(try registry().service("users", in: "n")?.instances.keys.sorted() == ["new"])
    }

    @Test("renewing an instance that somebody removed registers it again")
    func renewAgain() async throws {
        try await registry(noon).renew(instance("a"), of: "users", in: "n")
        #expect(try registry().discover("users", in: "n", now: noon).count == 1)
    }

    @Test(
        "attributes that nobody could make an address of, or too many of them, are refused",
        arguments: [
            [Instance.portAttribute: "http"], [Instance.portAttribute: "+80"],
            [Instance.portAttribute: "0"], [Instance.hostAttribute: "localhost"],
            [Instance.hostAttribute: "127.0.0.256"], ["a key": "v"], ["k": " v"],
            Dictionary(uniqueKeysWithValues: (1...31).map { ("k\($0)", "v") }),
            Dictionary(
                uniqueKeysWithValues: (1...5).map {
                    ("k\($0)", String(repeating: "v", count: 1000))
                }),
        ])
    func attributes(attributes: [String: String]) async {
        var one = instance("a")
        one.attributes.merge(attributes) { $1 }
        await #expect(throws: RegistryError.self) {
            try await registry(noon).register(one, as: "users", in: "n")
        }
    }

    @Test("a service takes a thousand instances and no more, whoever is there may come again")
    func instanceLimit() throws {
        var registry = Registry()
        for number in 1...1000 {
            try registry.register(instance("i-\(number)"), as: "users", in: "n", now: noon)
        }
        #expect(
            throws: RegistryError.invalid(
                code: "ResourceLimitExceeded", reason: "service 'users' has 1000 instances already")
        ) { try registry.register(instance("one-more"), as: "users", in: "n", now: noon) }
        try registry.register(instance("i-1", port: 1), as: "users", in: "n", now: noon)
        #expect(registry.service("users", in: "n")?.instances["i-1"]?.port == 1)
    }

    @Test(
        "names that Cloud Map would refuse are refused here",
        arguments: [
            ("a b", "users", "n"), ("a", "-users", "n"), ("a", "", "n"), ("a", "users", ""),
            (String(repeating: "x", count: 65), "users", "n"), ("a", "users", "sp ace"),
        ])
    func names(id: String, service: String, namespace: String) async {
        await #expect(throws: RegistryError.self) {
            try await registry(noon).register(instance(id), as: service, in: namespace)
        }
    }
}
