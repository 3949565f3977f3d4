import Bytes
import Fixture
import Identity
import Testing

@Suite("Secrets")
struct SecretTests {
    private let folder = TemporaryFolder()

    private var file: SecretFile { SecretFile(folder.file("admin")) }

    @Test("two new secrets differ, and each matches itself only")
    func random() throws {
        let one = try Secret.random()
        let other = try Secret.random()
        #expect(one.text != other.text && one.text.count == 64)
        #expect(one.matches(ByteString(one.text)))
        #expect(!one.matches(ByteString(other.text)))
        #expect(!one.matches(ByteString(String(one.text.dropLast()))))
        #expect(!one.matches(ByteString()))
    }

    @Test("a secret is never printed")
    func masked() throws {
        let secret = try Secret.random()
        #expect(!"\(secret)".contains(secret.text))
    }

    @Test("what is too short, too long or not printable is no secret")
    func checked() {
        #expect(Secret("short") == nil)
        #expect(Secret(String(repeating: "x", count: 1025)) == nil)
        #expect(Secret("sixteen chars ok but spaces") == nil)
        #expect(Secret(String(repeating: "x", count: 16)) != nil)
    }

    @Test("the file is made once, with mode 0600, and read back after")
    func madeOnce() throws {
        let first = try file.readOrCreate()
        let second = try file.readOrCreate()
        #expect(first.text == second.text)
        #expect(TextFile.permissions(file.path) == 0o600)
        #expect(folder.names == ["admin"])
    }

    @Test("processes that start at once end up with the same secret")
    func race() async throws {
        let file = file
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try file.readOrCreate().text } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts.count == 1)
    }

    @Test("a file that others may read is refused")
    func exposed() throws {
        _ = try file.readOrCreate()
        folder.write("admin", String(repeating: "x", count: 64), mode: 0o644)
        #expect(throws: SecretError.exposed(path: file.path)) { try file.read() }
    }

    @Test("a file without a secret is refused and left alone")
    func malformed() throws {
        folder.write("admin", "no\n", mode: 0o600)
        #expect(throws: SecretError.malformed(path: file.path)) { try file.readOrCreate() }
        #expect(folder.read("admin") == "no\n")
    }
}
