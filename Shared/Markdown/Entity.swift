import Bytes

/// A character written as `&#233;`, `&#xe9;` or `&eacute;`.
struct Entity {
    private static let decimalDigitsMax = 7
    private static let hexDigitsMax = 6
    private static let nameBytesMax = 7

    let scalar: Unicode.Scalar
    /// Bytes from the `&` to the `;`, both included.
    let length: Int

    /// The entity at `start`, where an `&` stands; nil when there is none that this module knows.
    init?(_ text: [UInt8], at start: Int, end: Int) {
        let isNumber = start + 1 < end && text[start + 1] == UInt8(ascii: "#")
        let found = isNumber ? Entity.number(text, start, end) : Entity.name(text, start, end)
        guard let found, found.end < end, text[found.end] == UInt8(ascii: ";") else { return nil }
        let isShown = found.scalar.value != 0 && !CharacterClass.isForbidden(found.scalar)
        scalar = isShown ? found.scalar : "\u{fffd}"
        length = found.end + 1 - start
    }

    private static func number(
        _ text: [UInt8], _ start: Int, _ end: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        let isHex = start + 2 < end && text[start + 2] | 0x20 == UInt8(ascii: "x")
        let first = start + (isHex ? 3 : 2)
        let digitsMax = isHex ? hexDigitsMax : decimalDigitsMax
        var place = first
        var value: UInt32 = 0
        while place < end, place - first < digitsMax, let digit = ASCII.hexValue(text[place]),
            isHex || digit < 10
        {
            value = value * (isHex ? 16 : 10) + UInt32(digit)
            place += 1
        }
        return place > first ? (Unicode.Scalar(value) ?? "\u{fffd}", place) : nil
    }

    private static func name(
        _ text: [UInt8], _ start: Int, _ end: Int
    ) -> (scalar: Unicode.Scalar, end: Int)? {
        var place = start + 1
        while place < end, place - start <= nameBytesMax, CharacterClass.isAlphanumeric(text[place])
        {
            place += 1
        }
        return named[text.text(start + 1, place)].map { ($0, place) }
    }

    /// The names that people type. The others of HTML are shown as they were written.
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{a0}",
        "copy": "©", "reg": "®", "trade": "™", "deg": "°", "micro": "µ", "sect": "§", "para": "¶",
        "middot": "·", "bull": "•", "hellip": "…", "ndash": "–", "mdash": "—", "shy": "\u{ad}",
        "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢",
        "plusmn": "±", "times": "×", "divide": "÷", "frac12": "½", "frac14": "¼", "frac34": "¾",
        "ne": "≠", "le": "≤", "ge": "≥", "infin": "∞", "radic": "√", "pi": "π", "sum": "∑",
        "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "harr": "↔",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß",
        "aacute": "á", "eacute": "é", "iacute": "í", "oacute": "ó", "uacute": "ú", "ntilde": "ñ",
        "agrave": "à", "egrave": "è", "ccedil": "ç", "acirc": "â", "ecirc": "ê", "aring": "å",
        "aelig": "æ", "oslash": "ø", "hearts": "♥", "check": "✓",
    ]
}
