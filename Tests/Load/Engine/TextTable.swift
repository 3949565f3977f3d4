/// Columns that line up: the first one to the left, all others to the right.
struct TextTable {
    private var rows: [[String]] = []
    private let indent: String

    init(indent: String = "  ") { self.indent = indent }

    mutating func row(_ cells: String...) { rows.append(cells) }

    mutating func row(_ cells: [String]) { rows.append(cells) }

    var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? cell + padding : "   " + padding + cell
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
