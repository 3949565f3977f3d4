import Glibc
import Testing

/// One case of `Tests/Corpus`: raw bytes and the verdict they must get.
struct CorpusCase: CustomTestStringConvertible, Sendable {
    let name: String
    /// The method an answer belongs to; `GET` unless the case says otherwise.
    var requestMethod = "GET"
    var expectation = ""
    var bytes: [UInt8] = []

    var testDescription: String { name }
}

/// Reads the corpus files; the format is in `Tests/Corpus/README.md`.
enum Corpus {
    static let requests = read("framing.txt") + read("requests.txt")
    static let responses = read("responses.txt")
    static let chunks = read("chunks.txt")

    private static func read(_ file: String) -> [CorpusCase] {
        var cases: [CorpusCase] = []
        for line in text(of: file).split(separator: "\n", omittingEmptySubsequences: false) {
            let rest = line.dropFirst(2)
            if line.hasPrefix("== ") {
                cases.append(CorpusCase(name: String(line.dropFirst(3))))
            } else if line.hasPrefix("expect ") {
                cases[cases.count - 1].expectation = String(line.dropFirst(7))
            } else if line.hasPrefix("to ") {
                cases[cases.count - 1].requestMethod = String(line.dropFirst(3))
            } else if line.hasPrefix("|") {
                cases[cases.count - 1].bytes += unescape(rest) + [13, 10]
            } else if line.hasPrefix(": ") {
                cases[cases.count - 1].bytes += unescape(rest)
            } else {
                precondition(line.isEmpty || line.hasPrefix("#"), "\(file): cannot read \(line)")
            }
        }
        precondition(cases.allSatisfy { !$0.expectation.isEmpty }, "each case expects something")
        return cases
    }

    static func unescape(_ text: some StringProtocol) -> [UInt8] {
        var source = Array(text.utf8)[...]
        return unescape(&source, untilBrace: false)
    }

    private static func unescape(_ source: inout ArraySlice<UInt8>, untilBrace: Bool) -> [UInt8] {
        var result: [UInt8] = []
        while let byte = source.popFirst() {
            if byte == UInt8(ascii: "}"), untilBrace { return result }
            guard byte == UInt8(ascii: "\\"), let escape = source.popFirst() else {
                result.append(byte)
                continue
            }
            switch escape {
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "0"): result.append(0)
            case UInt8(ascii: "\\"): result.append(escape)
            case UInt8(ascii: "x"):
                let digits = String(decoding: source.prefix(2), as: UTF8.self)
                source = source.dropFirst(2)
                result.append(UInt8(digits, radix: 16)!)
            case UInt8(ascii: "{"):
                let digits = source.prefix { $0 != UInt8(ascii: "*") }
                source = source.dropFirst(digits.count + 1)
                let part = unescape(&source, untilBrace: true)
                let count = Int(String(decoding: digits, as: UTF8.self))!
                for _ in 0..<count { result += part }
            default: preconditionFailure("unknown escape \\\(Character(UnicodeScalar(escape)))")
            }
        }
        return result
    }

    private static func text(of file: String) -> String {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(folder)/Corpus/\(file)"
        guard let stream = fopen(path, "r") else { preconditionFailure("cannot open \(path)") }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&piece, 1, piece.count, stream), count > 0 {
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
