import Foundation
import Testing

@Suite("The shape of the source")
struct ShapeTests {
    static let lineCharactersMax = 100
    static let fileLinesMax = 500
    static let fileLinesMedianMax = 120
    static let functionLinesMax = 70
    static let folderDepthMax = 5

    @Test("there is source to look at")
    func found() {
        #expect(SourceTree.shipped.count > 100)
        #expect(SourceTree.swift.contains { $0.isTest })
    }

    @Test("no line is longer than a hundred characters, but for data in tests")
    func lines() {
        for file in SourceTree.swift {
            let data = file.isTest ? file.linesOfText : []
            for (index, line) in file.lines.enumerated()
            where line.count > Self.lineCharactersMax && !data.contains(index) {
                Issue.record("\(file.path):\(index + 1) has \(line.count) characters")
            }
        }
    }

    @Test("no file is longer than one can hold in the head, and most are short")
    func files() {
        for file in SourceTree.swift where file.lines.count > Self.fileLinesMax {
            Issue.record("\(file.path) has \(file.lines.count) lines")
        }
        let sizes = SourceTree.shipped.map(\.lines.count).sorted()
        #expect(sizes[sizes.count / 2] <= Self.fileLinesMedianMax)
    }

    @Test("no function is longer than a screen")
    func functions() {
        for file in SourceTree.swift {
            for function in Function.all(in: file) where function.lineCount > Self.functionLinesMax
            {
                Issue.record(
                    "\(file.path):\(function.line) \(function.name) has \(function.lineCount) lines"
                )
            }
        }
    }

    @Test("no folder is deeper than five")
    func depth() {
        for file in SourceTree.swift {
            #expect(file.folder.split(separator: "/").count <= Self.folderDepthMax, "\(file)")
        }
    }

    @Test("no marker of unfinished work is left")
    func markers() {
        let markers = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        for file in SourceTree.swift {
            for (index, line) in file.lines.enumerated() {
                let words = line.split { !$0.isLetter }
                for marker in markers where words.contains(Substring(marker)) {
                    Issue.record("\(file.path):\(index + 1) says \(marker)")
                }
            }
        }
    }

    @Test("tests do not sleep, but for the few milliseconds of a poll for another process")
    func sleeps() {
        let polls = [
            "usl" + "eep(1_000)", "usl" + "eep(2_000)", "usl" + "eep(5_000)", "milliseconds(5)",
        ]
        for file in SourceTree.swift where file.isTest && !file.path.hasPrefix("Tests/Load") {
            for (index, line) in file.lines.enumerated() {
                let sleeps = line.contains("sl" + "eep(") && !line.contains("func ")
                if sleeps, !polls.contains(where: line.contains) {
                    Issue.record("\(file.path):\(index + 1) sleeps")
                }
            }
        }
    }

    @Test("every package declaration says what its caller may rely on")
    func documented() {
        for file in SourceTree.shipped {
            for line in Declaration.undocumented(in: file) {
                Issue.record("\(file.path):\(line + 1) has no /// line: \(file.lines[line])")
            }
        }
    }

    @Test("every top-level folder explains itself", arguments: SourceTree.folders + ["docker"])
    func readme(folder: String) { #expect(SourceTree.exists("\(folder)/README.md")) }
}

/// A function or initialiser with its body, found by its indentation.
struct Function {
    let name: String
    let line: Int
    let lineCount: Int

    static func all(in file: SourceTree.File) -> [Function] {
        file.lines.indices.compactMap { start in
            let text = file.lines[start].trimmingCharacters(in: .whitespaces)
            guard text.contains("func ") || text.contains("init("), !text.hasPrefix("//") else {
                return nil
            }
            let indent = file.lines[start].prefix { $0 == " " }
            let end = file.lines[start...].firstIndex { $0 == indent + "}" }
            guard let end, isBody(file.lines, start, end, indent) else { return nil }
            return Function(name: text, line: start + 1, lineCount: end - start + 1)
        }
    }

    /// The closing brace belongs to the function if nothing at the same depth begins in between.
    private static func isBody(
        _ lines: [String], _ start: Int, _ end: Int, _ indent: Substring
    ) -> Bool {
        !lines[(start + 1)..<end].contains { line in
            line.hasPrefix(indent)
                && line.dropFirst(indent.count).first.map {
                    $0 != " " && $0 != ")"
                } ?? false
        }
    }
}

/// Declarations that other modules can see.
enum Declaration {
    private static let words = [
        "func", "struct", "class", "enum", "actor", "protocol", "typealias",
    ]

    /// The lines of types and functions without a comment. Members whose name says all need none.
    static func undocumented(in file: SourceTree.File) -> [Int] {
        file.lines.indices.filter { index in
            let line = file.lines[index].trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix("package ") || line.contains(" package ") else { return false }
            guard !line.hasPrefix("//"), !line.contains("import "),
                !line.contains("package static func ==")
            else { return false }
            let isType = line.split(separator: " ").contains {
                words.dropFirst().contains(String($0))
            }
            return isType && !hasComment(file.lines, above: index)
        }
    }

    private static func hasComment(_ lines: [String], above index: Int) -> Bool {
        var above = index - 1
        while above >= 0, lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("@") {
            above -= 1
        }
        return above >= 0 && lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("///")
    }
}
