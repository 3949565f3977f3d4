import Foundation

/// A new folder for one test, removed with everything in it when the test lets go of it.
final class TestFolder: Sendable {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "identity-" + UUID().uuidString
        mkdir(path, 0o700)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    static func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    static func text(of path: String) throws -> String {
        // Foundation leaks its buffer when it reads an empty file, and the leak checker tells us.
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return size == 0 ? "" : try String(contentsOfFile: path, encoding: .utf8)
    }

    /// Writes a file of mode 0600, in place of the one that may be there.
    static func write(_ text: String, to path: String, mode: Int = 0o600) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }
}
