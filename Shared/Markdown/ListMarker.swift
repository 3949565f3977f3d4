import Bytes

/// The mark at the start of a list item.
struct ListMarker: Equatable {
    /// `-`, `+`, `*`, or the `.` or `)` behind a number.
    let character: UInt8
    /// nil for bullets.
    let number: Int?
    /// Bytes of the mark.
    let length: Int
    /// Columns that a line must be indented by to belong to the item.
    var contentColumn = 0

    /// The mark at the text of the line. A paragraph is interrupted only by an item that holds
    /// something, and by a number only when it is 1: else a year at the start of a line would do.
    init?(_ line: LineCursor, interruptsParagraph: Bool) {
        let first = line[0]
        switch first {
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
            (character, number, length) = (first, nil, 1)
        default:
            guard let ordered = ListMarker.ordered(line) else { return nil }
            (character, number, length) = ordered
        }
        let behind = line[length]
        guard behind == 0 || CharacterClass.isBlank(behind) else { return nil }
        if interruptsParagraph {
            var rest = line
            rest.advanceIntoText(length)
            if rest.isBlank || number ?? 1 != 1 { return nil }
        }
    }

    private static func ordered(_ line: LineCursor) -> (UInt8, Int?, Int)? {
        var digits = 0
        var number = 0
        while ASCII.isDigit(line[digits]) {
            if digits == MarkdownLimits.listDigitsMax { return nil }
            number = number * 10 + Int(line[digits] - UInt8(ascii: "0"))
            digits += 1
        }
        let mark = line[digits]
        guard digits > 0, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else { return nil }
        return (mark, number, digits + 1)
    }
}
