import Bytes

/// A heading of one line that begins with number signs.
struct Heading {
    private static let levelMax = 6

    let level: Int
    /// The text without signs and white space around it, as a place in the source.
    let text: Range<Int>

    /// The heading at the text of the line.
    init?(_ line: LineCursor) {
        let sign = UInt8(ascii: "#")
        var level = 0
        while line[level] == sign { level += 1 }
        let behind = line[level]
        guard (1...Heading.levelMax).contains(level), behind == 0 || CharacterClass.isBlank(behind)
        else { return nil }
        self.level = level
        var rest = line
        rest.advanceIntoText(level)
        text = Heading.withoutClosingSigns(rest)
    }

    /// Signs at the end close the heading when there is a space before them.
    private static func withoutClosingSigns(_ line: LineCursor) -> Range<Int> {
        let text = line.trimmedText
        let bytes = line.bytes(text)
        let signs = bytes.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        let rest = bytes.dropLast(signs)
        if rest.isEmpty { return text.lowerBound..<text.lowerBound }
        guard signs > 0, CharacterClass.isBlank(rest[rest.endIndex - 1]) else { return text }
        let blanks = rest.reversed().prefix(while: CharacterClass.isBlank).count
        return text.lowerBound..<(rest.endIndex - blanks)
    }

    /// The level of heading that the line makes of the paragraph above it; nil if it does not.
    static func underline(_ line: LineCursor) -> Int? {
        let sign = line[0]
        guard sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-") else { return nil }
        let isLine = line.bytes(line.trimmedText).allSatisfy { $0 == sign }
        return isLine ? (sign == UInt8(ascii: "=") ? 1 : 2) : nil
    }
}

/// A line of three or more stars, dashes or underscores.
enum ThematicBreak {
    private static let marksMin = 3
    private static let allMarks = ByteSet("*-_")

    static func matches(_ line: LineCursor) -> Bool {
        let mark = line[0]
        guard allMarks.contains(mark) else { return false }
        var marks = 0
        for byte in line.bytes(line.trimmedText) {
            if byte == mark { marks += 1 } else if !CharacterClass.isBlank(byte) { return false }
        }
        return marks >= marksMin
    }
}
