/// What can be asked of a connection: the same inside a read, a snapshot and a write.
///
/// The values after a query are its parameters, in order. A statement ends with the call, so that
/// no result outlives the connection that lent it. Every call throws `DatabaseError`, or what the
/// row reader or the body threw.
@usableFromInline package protocol Reader: ~Copyable {
    /// The handle the statements run on.
    var database: Database { get }
}

extension Reader where Self: ~Copyable {
    /// The first row, or nil when there is none.
    @inlinable package func first<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter
    ) throws -> Output? {
        let statement = try prepared(query, repeat each values)
        guard try statement.step() else { return nil }
        let output = try query.read(statement.row)
        try statement.checkRow()
        return output
    }

    /// The row that has to be there; throws `noRow` when it is not.
    @inlinable package func one<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter
    ) throws -> Output {
        guard let output = try first(query, repeat each values) else {
            throw DatabaseError.noRow(sql: query.text)
        }
        return output
    }

    /// All rows; the statement itself is what limits them.
    @inlinable package func all<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter
    ) throws -> [Output] {
        let statement = try prepared(query, repeat each values)
        var outputs: [Output] = []
        while try statement.step() {
            outputs.append(try query.read(statement.row))
            try statement.checkRow()
        }
        return outputs
    }

    /// Calls `body` with each row as the query reads it.
    @inlinable package func forEach<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter,
        body: (Output) throws -> Void
    ) throws {
        let statement = try prepared(query, repeat each values)
        while try statement.step() {
            let output = try query.read(statement.row)
            try statement.checkRow()
            try body(output)
        }
    }

    /// Lends the first row itself, for results written elsewhere without a copy between; nil when
    /// there is none. The reader of the query is not called.
    @inlinable package func firstRow<each Parameter: Bindable, Output, R>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter,
        body: (borrowing Row) throws -> R
    ) throws -> R? {
        let statement = try prepared(query, repeat each values)
        guard try statement.step() else { return nil }
        let result = try body(statement.row)
        try statement.checkRow()
        return result
    }

    /// The same for the row that has to be there; throws `noRow` when it is not.
    @inlinable package func oneRow<each Parameter: Bindable, Output, R>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter,
        body: (borrowing Row) throws -> R
    ) throws -> R {
        guard let result = try firstRow(query, repeat each values, body: body) else {
            throw DatabaseError.noRow(sql: query.text)
        }
        return result
    }

    /// Lends each row itself. The reader of the query is not called.
    @inlinable package func forEachRow<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter,
        body: (borrowing Row) throws -> Void
    ) throws {
        let statement = try prepared(query, repeat each values)
        while try statement.step() {
            try body(statement.row)
            try statement.checkRow()
        }
    }

    @inlinable
    func prepared<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter
    ) throws(DatabaseError) -> Statement {
        var count = 0
        for _ in repeat (each Parameter).self { count += 1 }
        let statement = try database.statement(query.number, query.sql, parameters: count)
        var position: Int32 = 0
        for value in repeat each values {
            position += 1
            try value.bind(to: statement, at: position)
        }
        return statement
    }
}
