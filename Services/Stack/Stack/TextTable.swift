/// Rows of text in aligned columns, for people.
struct TextTable: Equatable, Sendable {
    private let head: [String]
    private var rows: [[String]] = []

    /// `head` names the columns.
    init(_ head: [String]) { self.head = head }

    /// Adds a row of as many cells as there are columns.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == head.count, "a row has a cell for each column")
        rows.append(cells)
    }

    /// The lines, the head first, two spaces between columns and none at the end.
    var lines: [String] {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { cells in
            let padded = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
