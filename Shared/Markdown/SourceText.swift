import Bytes

/// A text as the parsers want it: UTF-8 with plain line feeds, no control characters, and nothing
/// that turns the direction of what follows.
struct SourceText {
    private(set) var bytes: [UInt8] = []
    private(set) var warnings = WarningList()

    /// U+0000 and the other control characters become U+FFFD; CR LF and CR become LF; embeddings,
    /// overrides and isolates of bidirectional text vanish.
    init(_ text: String) {
        var count = 0
        let source = Array(text.utf8)
        bytes.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            let byte = source[index]
            let isScalar = byte & 0xc0 != 0x80
            let room = MarkdownLimits.textCharactersMax - count
            if isScalar, room == 0 {
                warnings.add(.textCut)
                return
            }
            let plain = source[index...].prefix(room).prefix { $0 >= 0x20 && $0 < 0x7f }
            if plain.isEmpty {
                if isScalar { count += 1 }
                index += take(byte, source, index)
            } else {
                bytes.append(contentsOf: plain)
                count += plain.count
                index = plain.endIndex
            }
        }
    }

    /// Takes what begins with `byte`; answers how many bytes that were.
    private mutating func take(_ byte: UInt8, _ source: [UInt8], _ index: Int) -> Int {
        func next(_ offset: Int) -> UInt8 {
            index + offset < source.count ? source[index + offset] : 0
        }
        switch byte {
        case ASCII.carriageReturn:
            bytes.append(ASCII.lineFeed)
            return next(1) == ASCII.lineFeed ? 2 : 1
        case ASCII.tab, ASCII.lineFeed:
            bytes.append(byte)
        case 0..<0x20, 0x7f:
            replace()
        case 0xc2 where next(1) < 0xa0:
            replace()
            return 2
        case 0xe2 where SourceText.isBidirectional(next(1), next(2)):
            warnings.add(.charactersReplaced)
            return 3
        default:
            bytes.append(byte)
        }
        return 1
    }

    private mutating func replace() {
        warnings.add(.charactersReplaced)
        bytes.append(contentsOf: CharacterClass.replacement)
    }

    /// U+202A to U+202E and U+2066 to U+2069, after their first byte.
    private static func isBidirectional(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80 && (0xaa...0xae).contains(third)
            || second == 0x81 && (0xa6...0xa9).contains(third)
    }
}
