/// Finds what somebody probably meant.
enum Spelling {
    /// More slips than this are another word.
    private static let slipsMax = 3

    /// The candidate with the fewest slips from `word`, if they are few.
    static func nearest(to word: String, in candidates: [String]) -> String? {
        candidates
            .map { (word: $0, slips: slips(Array(word.utf8), Array($0.utf8))) }
            .filter { $0.slips <= slipsMax }
            .min { $0.slips < $1.slips }?.word
    }

    /// Letters to insert, drop or change (Levenshtein's distance).
    private static func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let change = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
