import Foundation

/// A folder of its own for one test, removed with everything in it.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "forum-test-\(UInt64.random(in: 0 ... .max))"
        // A test that cannot have its folder fails at the first file.
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    // Nothing depends on what is left behind in the folder for temporary files.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of `name` inside.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and answers its path.
    @discardableResult
    func write(_ name: String, _ text: String) -> String {
        _ = FileManager.default.createFile(atPath: file(name), contents: Data(text.utf8))
        return file(name)
    }

    /// The text of a file; nil without one.
    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: file(name)).map { String(decoding: $0, as: UTF8.self) }
    }
}
