import Bytes

/// Where the runs of backticks of a leaf are, so that the end of a code span is found without
/// looking through the leaf again for each run that begins none.
struct CodeSpans {
    /// Starts of the runs of one length, ascending.
    private var starts: [Int: [Int]] = [:]

    init(_ text: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            guard text[index] == UInt8(ascii: "`") else {
                index += 1
                continue
            }
            let length = CodeSpans.run(text, at: index, end: range.upperBound)
            starts[length, default: []].append(index)
            index += length
        }
    }

    /// Backticks from `start` on.
    static func run(_ text: [UInt8], at start: Int, end: Int) -> Int {
        var place = start
        while place < end, text[place] == UInt8(ascii: "`") { place += 1 }
        return place - start
    }

    /// Where the first run of exactly `length` backticks begins at or behind `place`.
    func close(length: Int, from place: Int) -> Int? {
        guard let runs = starts[length] else { return nil }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low < runs.count ? runs[low] : nil
    }

    /// What is shown of the code between two runs: one space at each end goes, unless there is
    /// nothing else.
    static func shown(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
        guard let first = text[range].first, let last = text[range].last, range.count >= 2 else {
            return range
        }
        func isSpace(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.lineFeed }
        let isPadded = isSpace(first) && isSpace(last) && !text[range].allSatisfy(isSpace)
        return isPadded ? (range.lowerBound + 1)..<(range.upperBound - 1) : range
    }
}
