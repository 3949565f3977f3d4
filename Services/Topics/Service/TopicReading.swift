import SQLite

// Topics with their categories, in reads as in writes.
extension Reader where Self: ~Copyable {
    /// The topic of this number, if there is one.
    func topic(_ id: Int64) throws -> TopicRow? {
        try firstRow(Topics.Queries.byID, id) { try labelled($0) }
    }

    /// The topic of this number, which has to be there.
    func knownTopic(_ id: Int64) throws -> TopicRow {
        try oneRow(Topics.Queries.byID, id) { try labelled($0) }
    }

    /// The topics of a query for whole rows, which binds `values`.
    func topics<each Parameter: Bindable>(
        _ query: Query<(repeat each Parameter), Void>, _ values: repeat each Parameter
    ) throws -> [TopicRow] {
        var rows: [TopicRow] = []
        try forEachRow(query, repeat each values) { rows.append(try labelled($0)) }
        return rows
    }

    /// The topic with what stands for its category.
    private func labelled(_ row: borrowing Row) throws -> TopicRow {
        let category = row.int64(TopicRow.categoryColumn)
        let known = try memory(CategoryMemory.self)
        let label =
            try known?.label(of: category, in: self)
            ?? one(Topics.CategoryQueries.label, category)
        return TopicRow(row: row, label: label)
    }
}
