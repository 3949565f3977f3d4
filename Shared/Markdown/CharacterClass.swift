import Bytes

/// What the grammar asks about single characters.
enum CharacterClass {
    /// U+FFFD in UTF-8: stands where something cannot be shown.
    static let replacement: [UInt8] = [0xef, 0xbf, 0xbd]

    static func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }

    /// Spaces, tabs and line feeds: the only white space that a `SourceText` holds in ASCII.
    static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == ASCII.lineFeed }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte)
    }

    /// What a backslash takes the meaning from.
    static func isPunctuation(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7f && !isAlphanumeric(byte)
    }

    static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isSpace(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    /// Punctuation and symbols of any script.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isPunctuation(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol:
            return true
        default:
            return false
        }
    }

    /// A letter of a script with capitals, or an ASCII digit: what a name or an e-mail address may
    /// have at its ends. Scripts without capitals are often written without spaces.
    static func isCased(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isAlphanumeric(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .nonspacingMark: return true
        default: return false
        }
    }

    /// What a `SourceText` holds nowhere, and therefore an entity may not bring in.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9, 10: false
        case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}

extension [UInt8] {
    /// The scalar whose UTF-8 begins at `index`.
    func scalar(at index: Int) -> Unicode.Scalar {
        let lead = self[index]
        if lead < 0x80 { return Unicode.Scalar(lead) }
        let length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
        var value = UInt32(lead & (0x7f >> UInt8(length)))
        for offset in 1..<length { value = value << 6 | UInt32(self[index + offset] & 0x3f) }
        return Unicode.Scalar(value) ?? "\u{fffd}"
    }

    /// The scalar whose UTF-8 ends before `index`; nil at `start`.
    func scalar(before index: Int, from start: Int) -> Unicode.Scalar? {
        var place = index - 1
        while place > start, self[place] & 0xc0 == 0x80 { place -= 1 }
        return place >= start ? scalar(at: place) : nil
    }

    /// The part from `start` to `end` as text.
    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: self[start..<end], as: UTF8.self)
    }
}
