/// A piece of a text with the found words marked.
///
/// FTS5 puts `Snippet.open` and `Snippet.close` around the words it found. Both are private-use
/// characters at the very end of Unicode, where no font and no keyboard has anything; a text that
/// holds them all the same gets a wrong mark and nothing worse.
package struct Snippet: Equatable, Sendable {
    /// The second argument of `snippet()`.
    package static let open: StaticString = "\u{10fff0}"
    /// The third.
    package static let close: StaticString = "\u{10fff1}"
    /// The fourth: stands where the text was cut.
    package static let ellipsis: StaticString = "…"

    /// The piece itself, on one line: text, not HTML.
    package let text: String

    /// The found words, as distances in Unicode scalars from the start of `text`, ascending, not
    /// empty and not touching each other.
    package let marks: [Range<Int>]

    /// What `snippet()` answered with these arguments. White space becomes single spaces; control
    /// characters and marks that turn the direction of text are left out.
    package init(marked: String) {
        var reader = SnippetReader()
        for scalar in marked.unicodeScalars { reader.take(scalar) }
        reader.closeMark()
        text = String(reader.text)
        marks = reader.marks
    }

    /// The piece as HTML: everything escaped, the found words in `<mark>` elements. The member
    /// `snippet` of search results.
    package var html: String {
        var html = String.UnicodeScalarView()
        var marks = marks[...]
        for (place, scalar) in text.unicodeScalars.enumerated() {
            if marks.first?.upperBound == place {
                html.append(contentsOf: "</mark>".unicodeScalars)
                marks.removeFirst()
            }
            if marks.first?.lowerBound == place {
                html.append(contentsOf: "<mark>".unicodeScalars)
            }
            append(scalar, to: &html)
        }
        if !marks.isEmpty { html.append(contentsOf: "</mark>".unicodeScalars) }
        return String(html)
    }

    private func append(_ scalar: Unicode.Scalar, to html: inout String.UnicodeScalarView) {
        switch scalar {
        case "&": html.append(contentsOf: "&amp;".unicodeScalars)
        case "<": html.append(contentsOf: "&lt;".unicodeScalars)
        case ">": html.append(contentsOf: "&gt;".unicodeScalars)
        case "\"": html.append(contentsOf: "&quot;".unicodeScalars)
        case "'": html.append(contentsOf: "&#39;".unicodeScalars)
        default: html.append(scalar)
        }
    }
}

/// Takes the markers out of a piece and remembers where they were.
private struct SnippetReader {
    private(set) var text = String.UnicodeScalarView()
    private(set) var marks: [Range<Int>] = []
    private var count = 0
    /// Whether what comes next is to be marked, and where that began once it has come.
    private var isMarking = false
    private var markedFrom: Int?
    private var isSpaceDue = false

    mutating func take(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\u{10fff0}": isMarking = true
        case "\u{10fff1}": closeMark()
        case _ where scalar.properties.isWhitespace: isSpaceDue = count > 0
        case _ where SnippetReader.isLeftOut(scalar): break
        default: show(scalar)
        }
    }

    mutating func closeMark() {
        isMarking = false
        guard let start = markedFrom else { return }
        markedFrom = nil
        if let last = marks.last, last.upperBound == start {
            marks[marks.count - 1] = last.lowerBound..<count
        } else {
            marks.append(start..<count)
        }
    }

    private mutating func show(_ scalar: Unicode.Scalar) {
        if isSpaceDue { append(" ") }
        isSpaceDue = false
        if isMarking, markedFrom == nil { markedFrom = count }
        append(scalar)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        text.append(scalar)
        count += 1
    }

    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202a...0x202e, 0x2066...0x2069: true
        default: scalar.properties.generalCategory == .control
        }
    }
}
