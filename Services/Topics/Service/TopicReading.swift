import SQLite

// Topics with their categories, in reads as in writes.
extension Reader where Self: ~Copyable {
    /// The topic of this number, if there is one.
    func topic(_ id: Int64) throws -> TopicRow? {
        try firstRow(Topics.Queries.byID, id) { try TopicRow(row: $0, label: labelOf($0)) }
    }

    /// The topic of this number, which has to be there.
    func knownTopic(_ id: Int64) throws -> TopicRow {
        try oneRow(Topics.Queries.byID, id) { try TopicRow(row: $0, label: labelOf($0)) }
    }

    /// The topics of a query for whole rows, which binds `values`.
    func topics<each Parameter: Bindable>(
        _ query: Query<(repeat each Parameter), Void>, _ values: repeat each Parameter
    ) throws -> [TopicRow] {
        var rows: [TopicRow] = []
        try forEachRow(query, repeat each values) {
            rows.append(try TopicRow(row: $0, label: labelOf($0)))
        }
        return rows
    }

    /// What stands for the category of a topic.
    private func labelOf(_ row: borrowing Row) throws -> CategoryLabel {
        let category = row.int64(TopicRow.categoryColumn)
        guard let memory = try memory(CategoryMemory.self) else {
            return try one(Topics.CategoryQueries.label, category)
        }
        return try memory.label(of: category, in: self)
    }
}
