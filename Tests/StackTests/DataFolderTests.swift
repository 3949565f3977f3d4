import Bytes
import Discovery
import Fixture
import Glibc
import Reactor
import Testing

@testable import Stack

@Suite("The data folder of a forum")
struct DataFolderTests {
    private let temporary = TemporaryFolder()

    @Test("it is made for its owner alone, with the folders above it")
    func made() throws {
        let folder = try DataFolder(creating: temporary.file("a/b"))
        var status = stat()
        #expect(stat(folder.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
    }

    @Test("a file in its place is one clear line")
    func file() throws {
        let path = temporary.write("file", "")
        let error = try #require(throws: DataFolderError.self) { try DataFolder(creating: path) }
        #expect("\(error)" == "cannot use the data folder \(path): it is not a folder")
    }

    @Test("a second forum on it is refused with the number of the first")
    func lock() throws {
        let folder = try DataFolder(creating: temporary.path)
        let lock = try DataLock(folder)
        let error = try #require(throws: DataFolderError.self) { _ = try DataLock(folder) }
        #expect(error == .inUse(path: folder.path, pid: "\(getpid())"))
        lock.release()
        _ = try DataLock(folder)
    }

    @Test("where a forum runs is found until it has ended")
    func runFile() throws {
        let folder = try DataFolder(creating: temporary.path)
        #expect(RunFile.read(folder) == nil)
        let split = RunFile(url: "http://127.0.0.1:1", admin: "http://127.0.0.1:2", pid: 3)
        try split.write(folder)
        #expect(RunFile.read(folder) == split)
        let alone = RunFile(url: "http://127.0.0.1:1", admin: nil, pid: 4)
        try alone.write(folder)
        #expect(RunFile.read(folder) == alone)
        RunFile.remove(folder)
        #expect(RunFile.read(folder) == nil)
    }

    @Test("a run file that is broken is as good as none")
    func brokenRunFile() throws {
        let folder = try DataFolder(creating: temporary.path)
        temporary.write("running.json", "{\"url\":")
        #expect(RunFile.read(folder) == nil)
    }
}

@Suite("The ports of a stack")
struct PortsTests {
    @Test("any free ports are found, and they differ")
    func free() throws {
        var options = UpOptions()
        options.port = 0
        let ports = try Ports.choose(options)
        #expect(ports.entry.port != 0)
        #expect(ports.admin.port != 0)
        #expect(ports.entry.port != ports.admin.port)
    }

    @Test("a port in use is one line with what to do")
    func taken() throws {
        let socket = try Socket.listen(on: .loopback(0))
        let port = try socket.localAddress().port
        var options = UpOptions()
        options.port = Int(port)
        options.adminPort = 0
        let error = try #require(throws: Ports.Taken.self) { try Ports.choose(options) }
        #expect(
            error.description
                == "port \(port) on 127.0.0.1 is in use by another program: "
                + "choose another port with --port N (0: any free one)")
        _ = consume socket
    }

    @Test("clients and operators cannot share one")
    func same() throws {
        var options = UpOptions()
        options.port = 7000
        options.adminPort = 7000
        #expect(throws: Ports.Taken.self) { try Ports.choose(options) }
    }
}

@Suite("The registry before a start")
struct RegistryResetTests {
    private let temporary = TemporaryFolder()

    private func services(_ folder: DataFolder) throws -> [String] {
        guard case .registry(let registry) = try RegistryFile(folder.registryFile).read() else {
            return []
        }
        return registry.service("users", in: "forum.local")?.instances.keys.sorted() ?? []
    }

    @Test("there is one afterwards")
    func missing() throws {
        let folder = try DataFolder(creating: temporary.path)
        try RegistryReset.run(folder)
        #expect(try RegistryFile(folder.registryFile).read() == .registry(Registry()))
    }

    @Test("who is dead is gone, who lives or was entered by hand stays")
    func dead() throws {
        let folder = try DataFolder(creating: temporary.path)
        let attributes = ["dead": ["pid": "\(Int32.max)"], "alive": ["pid": "\(getpid())"]]
        try RegistryFile(folder.registryFile).update { registry throws(RegistryError) in
            for id in ["dead", "alive", "hand"] {
                let instance = Instance(
                    id: id, host: "127.0.0.1", port: 1, attributes: attributes[id] ?? [:])
                try registry.register(instance, as: "users", in: "forum.local", now: .now())
            }
        }
        try RegistryReset.run(folder)
        #expect(try services(folder) == ["alive", "hand"])
    }

    @Test("a file that is no registry is refused, not overwritten")
    func malformed() throws {
        let folder = try DataFolder(creating: temporary.path)
        temporary.write("registry.json", "oops")
        #expect(throws: RegistryError.self) { try RegistryReset.run(folder) }
        #expect(temporary.read("registry.json") == "oops")
    }
}
