import Glibc
import Testing

/// One text of `Tests/Corpus/markdown`, written to do harm.
struct Attack: Sendable, CustomTestStringConvertible {
    let name: String
    var text = ""

    var testDescription: String { name }
}

/// Reads the files of attacks; their format is in `Tests/Corpus/README.md`.
enum AttackCorpus {
    static let files = ["markup.txt", "addresses.txt", "breakouts.txt", "structure.txt"]
    static let all = files.flatMap(attacks)

    static func attacks(in file: String) -> [Attack] {
        var attacks: [Attack] = []
        for line in content(of: file).split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("== ") {
                attacks.append(Attack(name: String(line.dropFirst(3))))
            } else if line.hasPrefix("|") {
                attacks[attacks.count - 1].text += unescaped(line.dropFirst(2)) + "\n"
            } else if line.hasPrefix(": ") {
                attacks[attacks.count - 1].text += unescaped(line.dropFirst(2))
            } else {
                precondition(line.isEmpty || line.hasPrefix("#"), "\(file): cannot read \(line)")
            }
        }
        return attacks
    }

    /// Resolves `\u{…}` and `\{300*ab}`, one inside the other; every other backslash is Markdown's.
    static func unescaped(_ line: Substring) -> String {
        var result = ""
        var rest = line
        while let backslash = rest.firstIndex(of: "\\") {
            result += rest[..<backslash]
            rest = rest[backslash...]
            if let inside = braced(rest, behind: "\\u{") {
                result.unicodeScalars.append(Unicode.Scalar(UInt32(inside, radix: 16)!)!)
                rest = rest[inside.endIndex...].dropFirst()
            } else if let inside = braced(rest, behind: "\\{") {
                let star = inside.firstIndex(of: "*")!
                let part = unescaped(inside[star...].dropFirst())
                result += String(repeating: part, count: Int(inside[..<star])!)
                rest = rest[inside.endIndex...].dropFirst()
            } else {
                result += "\\"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// What stands between the brace that ends `opening` and the one that closes it.
    private static func braced(_ text: Substring, behind opening: String) -> Substring? {
        guard text.hasPrefix(opening) else { return nil }
        let inside = text.dropFirst(opening.count)
        var depth = 1
        for index in inside.indices {
            if inside[index] == "{" { depth += 1 }
            if inside[index] == "}" { depth -= 1 }
            if depth == 0 { return inside[..<index] }
        }
        return nil
    }

    private static func content(of file: String) -> String {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(folder)/Corpus/markdown/\(file)"
        guard let stream = fopen(path, "r") else { preconditionFailure("cannot read \(path)") }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
