import Bytes

/// The line that opens a block of code.
struct Fence: Equatable {
    private static let lengthMin = 3

    /// A backtick or a tilde.
    let character: UInt8
    let length: Int
    /// Columns that each line of the code may be indented by without it showing.
    let indent: Int
    /// nil when none is named, or none that can stand in an attribute.
    let language: Language?

    /// The fence at the text of the line.
    init?(_ line: LineCursor) {
        character = line[0]
        guard character == UInt8(ascii: "`") || character == UInt8(ascii: "~") else { return nil }
        length = Fence.run(line)
        guard length >= Fence.lengthMin else { return nil }
        indent = line.indent
        var rest = line
        rest.advanceIntoText(length)
        let info = rest.bytes(rest.trimmedText)
        // With a backtick behind it, it is a code span.
        if character == UInt8(ascii: "`"), info.contains(character) { return nil }
        language = Language(info.prefix { !CharacterClass.isBlank($0) })
    }

    /// Whether the line ends the code that this fence has opened.
    func isClosed(by line: LineCursor) -> Bool {
        guard line[0] == character, line.indent < LineCursor.codeIndent else { return false }
        let length = Fence.run(line)
        var rest = line
        rest.advanceIntoText(length)
        return length >= self.length && rest.isBlank
    }

    private static func run(_ line: LineCursor) -> Int {
        var length = 0
        while line[length] == line[0], line[length] != 0 { length += 1 }
        return length
    }
}

/// The name of a programming language, in characters that mean nothing in a page.
struct Language: Equatable {
    private static let safe = ByteSet(alphanumericAnd: "+#-._")

    let name: String

    /// nil for no name and for one with other characters than letters, digits and `+ # - . _`.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty, bytes.count <= MarkdownLimits.languageBytesMax else { return nil }
        guard bytes.allSatisfy(Language.safe.contains) else { return nil }
        name = String(decoding: bytes, as: UTF8.self)
    }
}
