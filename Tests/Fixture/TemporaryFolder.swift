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

    /// A folder in this one, made if it is not there; its path.
    @discardableResult
    package func folder(_ name: String) -> String {
        let path = file(name)
        precondition(mkdir(path, 0o700) == 0 || errno == EEXIST, "\(path) can be made")
        return path
    }

    /// Writes a file and answers its path.
    @discardableResult
    package func write(_ name: String, _ text: String, mode: UInt32? = nil) -> String {
        TextFile.write(file(name), text, mode: mode)
        return file(name)
    }

    /// The text of a file; nil without one.
    package func read(_ name: String) -> String? { TextFile.read(file(name)) }

    /// The same of bytes that need not be text.
    package func write(_ name: String, bytes: [UInt8]) { TextFile.write(file(name), bytes: bytes) }

    /// The bytes of a file; none without one.
    package func bytes(_ name: String) -> [UInt8] { TextFile.bytes(file(name)) ?? [] }

    /// Puts a file in the place of what is there, at once: nobody finds half of it.
    package func replace(_ name: String, _ text: String, mode: UInt32? = nil) {
        let draft = write("\(name).new", text, mode: mode)
        precondition(rename(draft, file(name)) == 0, "\(name) can be replaced")
    }

    /// What the folder holds, in order.
    package var names: [String] { TemporaryFolder.names(in: path) }

    /// Removes a file, which is there.
    package func remove(_ name: String) {
        precondition(unlink(file(name)) == 0, "\(name) can be removed")
    }

    /// Links are removed, not followed. Nothing depends on what cannot be removed.
    private static func remove(_ path: String) {
        for name in names(in: path) where unlink("\(path)/\(name)") != 0 {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }

    /// What a folder holds, in order.
    package static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}
