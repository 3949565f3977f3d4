import Bytes
import HTTP

/// The number of the last event of a source that a client knows of.
struct SourcePosition: Equatable, Sendable {
    let source: String
    let position: Int64

    /// What Forum-Position says, such as `posts=1842, users=7`: a dictionary of whole numbers (RFC
    /// 9651 §3.2) without parameters, of several fields taken together. A name that comes twice
    /// means its last number. 400 for anything else.
    static func all(in head: RequestHead) throws(APIError) -> [SourcePosition] {
        var positions: [SourcePosition] = []
        for line in head.storage.lines where line.known == .forumPosition {
            let value = head.storage.text(line.value)
            for member in value.split(separator: ",", omittingEmptySubsequences: false) {
                guard let position = SourcePosition(member) else { throw malformed }
                positions.removeAll { $0.source == position.source }
                positions.append(position)
            }
        }
        guard positions.count <= RoutingLimits.positionsMax else { throw malformed }
        return positions
    }

    private init?(_ member: Substring) {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var text = member.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        guard let sign = text.firstIndex(of: "="),
            SourcePosition.isName(text[..<sign]),
            let number = DecimalText.parse(text[text.index(after: sign)...])
        else { return nil }
        source = String(text[..<sign])
        position = number
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, isSmallLetter(first) else { return false }
        return text.utf8.allSatisfy {
            isSmallLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "_")
        }
    }

    private static func isSmallLetter(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    private static var malformed: APIError {
        .malformed(
            "Forum-Position is a list such as posts=1842, users=7, of at most "
                + "\(RoutingLimits.positionsMax) sources")
    }
}
