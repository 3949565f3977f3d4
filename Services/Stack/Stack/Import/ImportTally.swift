/// What became of the records of one section.
struct ImportTally: Equatable, Sendable {
    /// Records found in the file.
    var records = 0
    var added = 0
    var unchanged = 0
    var failed = 0

    init() {}

    /// Records whose fate is known.
    var settled: Int { added + unchanged + failed }

    static func + (left: ImportTally, right: ImportTally) -> ImportTally {
        var sum = ImportTally()
        sum.records = left.records + right.records
        sum.added = left.added + right.added
        sum.unchanged = left.unchanged + right.unchanged
        sum.failed = left.failed + right.failed
        return sum
    }
}
