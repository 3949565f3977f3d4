/// What a text is cut into before it is compared.
enum TextGrain {
    /// Lines with their line feeds.
    case lines
    /// Words, runs of blanks, and every other character for itself.
    case words
}

/// Numbers for pieces of text: equal pieces have equal numbers, so they are compared only once.
struct TokenNames {
    private var names: [ArraySlice<UInt8>: Int32] = [:]

    mutating func name(of piece: ArraySlice<UInt8>) -> Int32 {
        if let known = names[piece] { return known }
        let new = Int32(names.count)
        names[piece] = new
        return new
    }
}

/// A stretch of text cut into pieces.
struct Tokens {
    private(set) var names: [Int32] = []
    /// Where each piece begins, and where the last one ends.
    private var edges: [Int]

    init(
        _ text: [UInt8], _ range: Range<Int>, by grain: TextGrain, _ tokenNames: inout TokenNames
    ) {
        edges = [range.lowerBound]
        var place = range.lowerBound
        while place < range.upperBound {
            let end =
                switch grain {
                case .lines: Tokens.lineEnd(text, place, range.upperBound)
                case .words: Tokens.wordEnd(text, place, range.upperBound)
                }
            names.append(tokenNames.name(of: text[place..<end]))
            edges.append(end)
            place = end
        }
    }

    /// Where a row of pieces lies in the text.
    func bytes(of pieces: Range<Int>) -> Range<Int> {
        edges[pieces.lowerBound]..<edges[pieces.upperBound]
    }

    private static func lineEnd(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        let lineFeed = text[start..<end].firstIndex(of: UInt8(ascii: "\n"))
        return lineFeed.map { $0 + 1 } ?? end
    }

    private static func wordEnd(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        let (first, length) = scalar(text, start)
        let kind = TokenKind(first)
        var place = start + length
        while place < end {
            let (next, length) = scalar(text, place)
            let nextKind = TokenKind(next)
            guard nextKind == .mark || nextKind == kind && kind.joins else { break }
            place += length
        }
        return place
    }

    /// The scalar at a place in valid UTF-8, and its bytes.
    private static func scalar(_ text: [UInt8], _ place: Int) -> (Unicode.Scalar, Int) {
        let lead = text[place]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
        var value = UInt32(lead & (0x7f >> UInt8(length)))
        for offset in 1..<length { value = value << 6 | UInt32(text[place + offset] & 0x3f) }
        return (Unicode.Scalar(value) ?? "\u{fffd}", length)
    }
}

/// What a character is to a word.
private enum TokenKind {
    case letter
    case blank
    /// Stands for itself: punctuation, line feeds, characters of scripts without spaces.
    case single
    /// Belongs to the character before it.
    case mark

    /// Whether two of this kind side by side are one piece.
    var joins: Bool { self == .letter || self == .blank }

    init(_ scalar: Unicode.Scalar) {
        if scalar.isASCII {
            self = TokenKind.ascii(UInt8(truncatingIfNeeded: scalar.value))
            return
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: self = .mark
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber:
            self = TokenKind.hasNoSpaces(scalar) ? .single : .letter
        default: self = .single
        }
    }

    private static func ascii(_ byte: UInt8) -> TokenKind {
        if byte == 0x20 || byte == 9 { return .blank }
        return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 ? .letter : .single
    }

    /// Chinese and Japanese characters, kana, Thai and Lao are written without spaces.
    private static func hasNoSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0e00...0x0eff, 0x3040...0x30ff: true
        default: scalar.properties.isIdeographic
        }
    }
}
