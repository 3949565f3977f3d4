import Bytes
import Discovery
import Fixture
import Foundation
import Synchronization
import Testing

@Suite("Watching the registry")
struct RegistryWatcherTests {
    private let folder = TemporaryFolder()

    private let good = """
        {"Revision":1,"Namespaces":{"n":{"Services":{"users":{"InstancesRevision":1,
        "Instances":{"a":{"Attributes":{}}}}}}}}
        """

    private func watcher() -> RegistryWatcher {
        RegistryWatcher(RegistryFile(folder.file("registry.json"))) { _ in }
    }

    @Test(
        "a bad, empty or deleted file changes the condition and keeps the last good registry",
        arguments: ["{ half", "", nil])
    func lastGood(text: String?) throws {
        folder.replace("registry.json", good)
        let watcher = watcher()
        #expect(watcher.view.condition == .good)
        if let text {
            folder.replace("registry.json", text)
        } else {
            try FileManager.default.removeItem(atPath: folder.file("registry.json"))
        }
        #expect(watcher.look())
        #expect(watcher.view.condition != .good)
        #expect(watcher.view.registry.service("users", in: "n")?.instances.count == 1)
        folder.replace("registry.json", good)
        #expect(watcher.look() && watcher.view.condition == .good)
    }

    @Test("a bad file is told with its place, once")
    func told() throws {
        folder.replace("registry.json", "{\n?")
        let watcher = watcher()
        guard case .bad(let reason) = watcher.view.condition else {
            Issue.record("should be bad")
            return
        }
        #expect(reason.contains("registry.json:2:1"))
        #expect(!watcher.look())
    }

    @Test("a file replaced by rename is seen without being asked")
    func rename() async throws {
        folder.replace("registry.json", good)
        let (views, tell) = AsyncStream<RegistryView>.makeStream()
        let watcher = RegistryWatcher(RegistryFile(folder.file("registry.json"))) {
            tell.yield($0)
        }
        watcher.start()
        defer { watcher.stop() }
        folder.replace("registry.json", good.replacingOccurrences(of: "\"a\"", with: "\"b\""))
        for await view in views
        where view.registry.service("users", in: "n")?.instances["b"] != nil { break }
    }
}
