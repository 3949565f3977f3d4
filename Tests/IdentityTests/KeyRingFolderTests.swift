import Bytes
import Fixture
import Glibc
import Identity
import Testing

@Suite("The folder of a key ring")
struct KeyRingFolderTests {
    private let folder = TemporaryFolder()
    private let now = Issuer.now

    private var ring: KeyRingFolder { KeyRingFolder(folder.file("keys")) }

    private func path(_ name: String) -> String { folder.file("keys/\(name)") }

    private func spoil(_ change: (String) -> String) throws {
        _ = try ring.upkeep(nowSeconds: now)
        let text = try #require(TextFile.read(path("0001.key")))
        TextFile.write(path("0001.key"), change(text), mode: 0o600)
    }

    @Test("a file is one line that other tools read too: a private JWK")
    func readable() throws {
        let key = try ring.upkeep(nowSeconds: now).keys[0]
        let text = try #require(TextFile.read(path("0001.key")))
        let x = Base64URL.encode(key.verifyingKey.bytes)
        let front =
            #"{"kty":"OKP","crv":"Ed25519","kid":"\#(key.keyID)","nbf":\#(now),"x":"\#(x)","d":""#
        #expect(text.hasPrefix(front) && text.hasSuffix("\"}\n"))
        #expect(text.utf8.count == front.utf8.count + 43 + 3)
    }

    @Test("a folder that others may look into is refused, with the command that repairs it")
    func exposedFolder() throws {
        _ = try ring.upkeep(nowSeconds: now)
        #expect(chmod(ring.path, 0o750) == 0)
        let error = KeyRingError.exposed(path: ring.path, mode: "700")
        #expect(throws: error) { try ring.upkeep(nowSeconds: now) }
        #expect("\(error)".hasSuffix("chmod 700 \(ring.path)"))
    }

    @Test("a file that others may read is refused, with the command that repairs it")
    func exposedFile() throws {
        _ = try ring.upkeep(nowSeconds: now)
        #expect(chmod(path("0002.key"), 0o640) == 0)
        let error = KeyRingError.exposed(path: path("0002.key"), mode: "600")
        #expect(throws: error) { try ring.upkeep(nowSeconds: now) }
        #expect("\(error)".hasSuffix("chmod 600 \(path("0002.key"))"))
    }

    @Test("a damaged file is refused and left alone")
    func damaged() throws {
        let changes: [(String) -> String] = [
            { _ in "" }, { String($0.dropLast(3)) }, { $0 + $0 },
            { $0.replacing("OKP", with: "RSA") }, { $0.replacing("Ed25519", with: "Ed448") },
            { $0.replacing(#""nbf":1"#, with: #""nbf":2"#) },
            { $0.replacing(#""nbf":"#, with: #""nbf":-"#) },
            { $0.replacing(#""x":""#, with: #""x":"A"#) },
            { $0.replacing("2026-11-26", with: "2026-11-27") },
            { _ in String(repeating: " ", count: 2000) },
        ]
        for change in changes {
            try spoil(change)
            let spoiled = try #require(TextFile.read(path("0001.key")))
            #expect(throws: KeyRingError.malformed(path: path("0001.key"))) {
                try ring.upkeep(nowSeconds: now)
            }
            #expect(TextFile.read(path("0001.key")) == spoiled)
            #expect(unlink(path("0001.key")) == 0 && unlink(path("0002.key")) == 0)
        }
    }

    @Test("a seed that is another's does not fit the rest of the line")
    func foreignSeed() throws {
        try spoil { text in
            let start = text.firstRange(of: #""d":""#)!.upperBound
            return text[..<start] + String(repeating: "A", count: 43) + "\"}\n"
        }
        #expect(throws: KeyRingError.malformed(path: path("0001.key"))) {
            try ring.upkeep(nowSeconds: now)
        }
    }

    @Test("the same key in two files is damage, not two keys")
    func copied() throws {
        _ = try ring.upkeep(nowSeconds: now)
        let first = try #require(TextFile.read(path("0001.key")))
        TextFile.write(path("0003.key"), first, mode: 0o600)
        #expect(throws: KeyRingError.malformed(path: path("0003.key"))) {
            try ring.upkeep(nowSeconds: now)
        }
    }

    @Test("files that are none of its own are not looked at")
    func foreign() throws {
        let before = try ring.upkeep(nowSeconds: now)
        let names = [
            "3.key", "00003.key", "old.key", "0003.key.77.draft", "README", ".key", "-1.key",
        ]
        for name in names { TextFile.write(path(name), "x") }
        #expect(try ring.upkeep(nowSeconds: now).keys.map(\.keyID) == before.keys.map(\.keyID))
        #expect(TemporaryFolder.names(in: ring.path).count == 2 + names.count)
    }

    @Test("more keys than a ring has are somebody else's")
    func crowded() throws {
        _ = try ring.upkeep(nowSeconds: now)
        for number in 1000..<1063 { TextFile.write(path("\(number).key"), "x", mode: 0o600) }
        #expect(throws: KeyRingError.crowded(path: ring.path)) {
            try ring.upkeep(nowSeconds: now)
        }
    }

    @Test("a folder that cannot be made is told with its path")
    func unwritable() throws {
        let lost = KeyRingFolder(folder.file("no/such/keys"))
        #expect(
            throws: KeyRingError.unwritable(
                path: lost.path, reason: "No such file or directory")
        ) { try lost.upkeep(nowSeconds: now) }
        TextFile.write(folder.file("keys"), "a file", mode: 0o600)
        #expect(throws: KeyRingError.self) { try ring.upkeep(nowSeconds: now) }
    }
}
