/// The parts of a Content-Type that decide (RFC 9110 §8.3.1).
struct MediaType {
    enum Essence { case json, mergePatch, lines, other }

    let essence: Essence
    /// No charset is named, or UTF-8 is.
    let isUTF8: Bool

    init(_ value: String) {
        let parts = value.lowercased().split(separator: ";", omittingEmptySubsequences: false)
        switch MediaType.trimmed(parts[0]) {
        case "application/json": essence = .json
        case "application/merge-patch+json": essence = .mergePatch
        case "application/x-ndjson": essence = .lines
        default: essence = .other
        }
        let charset = parts.dropFirst().map(MediaType.trimmed).first { $0.hasPrefix("charset=") }
        isUTF8 = charset == nil || charset == "charset=utf-8" || charset == "charset=\"utf-8\""
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
        return start[...last]
    }
}
