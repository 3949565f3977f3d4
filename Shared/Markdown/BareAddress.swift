import Bytes

/// Where an address in running text begins and ends.
enum BareAddress {
    private static let hostBytesMax = 260

    /// Brackets, quotes and backticks have a meaning of their own around an address.
    private static let neverPart = ByteSet("<>[]\"`{}|\\^")
    private static let sentenceEnds = ByteSet("?!.,:;*_~'&")

    /// The end of the host, if an address with a plain one begins the range. Looks no further than
    /// that: an address that is none costs only its host.
    static func hostEnd(_ text: [UInt8], _ range: Range<Int>) -> Int? {
        guard let scheme = schemeLength(text, range) else { return nil }
        let start = range.lowerBound + scheme
        let limit = min(range.upperBound, start + hostBytesMax)
        var place = start
        let hostEnds = SafeAddress.hostEnds
        while place < limit, isPart(text, place), !hostEnds.contains(text[place]) { place += 1 }
        let isFollowed = place < limit && hostEnds.contains(text[place])
        let hostEnd = isFollowed ? place : end(text, start..<place)
        return SafeAddress.isPlainHost(text[start..<hostEnd]) ? place : nil
    }

    private static func schemeLength(_ text: [UInt8], _ range: Range<Int>) -> Int? {
        func begins(with scheme: String) -> Bool {
            scheme.utf8.count <= range.count
                && zip(text[range], scheme.utf8).allSatisfy { ASCII.lowercased($0) == $1 }
        }
        return begins(with: "https://") ? 8 : begins(with: "http://") ? 7 : nil
    }

    /// Where that ends which looks like a part of an address.
    static func runEnd(_ text: [UInt8], _ range: Range<Int>) -> Int {
        range.first { !isPart(text, $0) } ?? range.upperBound
    }

    /// Whether the byte at a place can belong to an address. Punctuation of other scripts ends a
    /// sentence.
    private static func isPart(_ text: [UInt8], _ place: Int) -> Bool {
        let byte = text[place]
        if byte <= ASCII.space || neverPart.contains(byte) { return false }
        if byte < 0xc0 { return true }
        let scalar = text.scalar(at: place)
        return !CharacterClass.isWhitespace(scalar) && !CharacterClass.isPunctuation(scalar)
    }

    /// Where the address ends in what looks like one: punctuation at the end belongs to the
    /// sentence, and a round bracket too unless it was opened inside.
    static func end(_ text: [UInt8], _ run: Range<Int>) -> Int {
        let (open, close) = (UInt8(ascii: "("), UInt8(ascii: ")"))
        var surplus = text[run].reduce(0) { $0 + ($1 == close ? 1 : $1 == open ? -1 : 0) }
        var end = run.upperBound
        while end > run.lowerBound {
            let last = text[end - 1]
            if last == close {
                guard surplus > 0 else { break }
                surplus -= 1
            } else if !sentenceEnds.contains(last) {
                break
            }
            end -= 1
        }
        return end
    }
}
