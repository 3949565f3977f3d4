import Foundation

/// The files of this package, as text.
struct SourceTree {
    struct File: Sendable, CustomStringConvertible {
        /// Path from the top of the package.
        let path: String
        let lines: [String]

        var description: String { path }
        var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }
        var isTest: Bool { path.hasPrefix("Tests/") }

        /// Lines that are text more than code: inside a long literal, or holding most of one.
        var linesOfText: Set<Int> {
            var isInside = false
            return Set(
                lines.indices.filter { index in
                    let marks = lines[index].components(separatedBy: "\"\"\"").count - 1
                    defer { if marks % 2 == 1 { isInside.toggle() } }
                    let longest = lines[index].split(separator: "\"").map(\.count).max() ?? 0
                    return isInside || longest > 60 || lines[index].contains("#\"")
                })
        }

        /// The modules it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ").drop { $0 == "package" || $0.hasPrefix("@") }
                guard words.first == "import", let name = words.dropFirst().last else { return nil }
                return String(name.split(separator: ".")[0])
            }
        }
    }

    static let top = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Top-level folders that hold source.
    static let folders = ["Shared", "Services", "Gateway", "Tests"]

    /// Every Swift file of the package.
    static let swift: [File] = folders.flatMap { files(below: $0) }

    /// The Swift files that are shipped.
    static let shipped = swift.filter { !$0.isTest }

    /// A file at the top, as text.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: top.appendingPathComponent(path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: top.appendingPathComponent(path).path)
    }

    private static func files(below folder: String) -> [File] {
        let root = top.appendingPathComponent(folder)
        guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return walker.compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .compactMap { name in
                let url = root.appendingPathComponent(name)
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
                return File(path: "\(folder)/\(name)", lines: text.components(separatedBy: "\n"))
            }
    }
}
