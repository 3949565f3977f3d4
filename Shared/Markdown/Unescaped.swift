import Bytes

/// Text in which backslashes and entities still stand for characters.
enum Unescaped {
    /// What the author meant: the characters themselves.
    static func bytes(_ text: [UInt8], _ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            let next = index + 1
            if byte == UInt8(ascii: "\\"), next < range.upperBound,
                CharacterClass.isPunctuation(text[next])
            {
                result.append(text[next])
                index += 2
            } else if byte == UInt8(ascii: "&"),
                let entity = Entity(text, at: index, end: range.upperBound)
            {
                result.append(contentsOf: String(entity.scalar).utf8)
                index += entity.length
            } else {
                result.append(byte)
                index = next
            }
        }
        return result
    }
}
