/// What an import came to.
struct ImportReport: Equatable, Sendable {
    private let tallies: [ImportTally]
    private let sections: [LabSection]
    private let milliseconds: Int64

    init(_ progress: ImportProgress) {
        tallies = progress.tallies.map(\.tally)
        sections = progress.tallies.map(\.section)
        milliseconds = progress.elapsedMilliseconds
    }

    private var all: ImportTally { tallies.reduce(ImportTally(), +) }

    /// Records that were not taken.
    var failed: Int { all.failed }
    /// Records that are new in the forum.
    var added: Int { all.added }
    /// Records that were there before.
    var unchanged: Int { all.unchanged }

    /// A row a section, in the order of the file.
    var table: TextTable {
        var table = TextTable(["", "added", "unchanged", "failed"])
        for (section, tally) in zip(sections, tallies) {
            table.add([
                section.rawValue, Figures.grouped(tally.added), Figures.grouped(tally.unchanged),
                Figures.grouped(tally.failed),
            ])
        }
        return table
    }

    /// One line about all of them.
    var summary: String {
        let records = all.settled
        let rate = Figures.grouped(Figures.rate(records, milliseconds))
        let unsettled = all.records - records
        let open = unsettled > 0 ? ", \(Figures.grouped(unsettled)) not answered" : ""
        return "\(Figures.grouped(records)) records in \(Figures.seconds(milliseconds)), "
            + "\(rate) a second\(open)"
    }
}
