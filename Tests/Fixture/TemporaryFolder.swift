import Glibc

/// A new folder for one test, removed with everything in it when the test lets go of it.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() {
        let anything = String(repeating: "X", count: 6)
        var template = Array("/tmp/forum-service-\(anything)".utf8CString)
        precondition(mkdtemp(&template) != nil, "a folder can be made in /tmp")
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { TemporaryFolder.remove(path) }

    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Links are removed, not followed.
    private static func remove(_ path: String) {
        for name in names(in: path) where unlink("\(path)/\(name)") != 0 {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                })
        }
        return names.filter { $0 != "." && $0 != ".." }
    }
}
