/// What became of the records of one section.
package struct ImportTally: Equatable, Sendable {
    /// Records found in the file.
    package var records = 0
    package var added = 0
    package var unchanged = 0
    package var failed = 0

    package init() {}

    /// Records whose fate is known.
    package var settled: Int { added + unchanged + failed }

    package static func + (left: ImportTally, right: ImportTally) -> ImportTally {
        var sum = ImportTally()
        sum.records = left.records + right.records
        sum.added = left.added + right.added
        sum.unchanged = left.unchanged + right.unchanged
        sum.failed = left.failed + right.failed
        return sum
    }
}
