/// A statement of SQL with the types that go in and the reader of what comes out. Always a
/// `static let`: its text is a literal, so each connection prepares it once and finds it by number.
///
///     static let byID = Query<Int64, User>("SELECT id, name FROM users WHERE id = ?1", User.init)
///     static let rename = Query<(String, Int64), Void>("UPDATE users SET name = ?1 WHERE id = ?2")
@usableFromInline package struct Query<Input, Output>: Sendable {
    /// The text as it stands in the source.
    @usableFromInline package let sql: StaticString

    @usableFromInline var text: String { sql.oneLine }
    @usableFromInline let number: Int
    @usableFromInline let read: @Sendable (borrowing Row) throws -> Output

    /// A statement with parameters `?1`, `?2` … of the types in `Input` (`Void`, one type, or a
    /// tuple) and a reader called for each row.
    @inlinable package init<each Parameter: Bindable>(
        _ sql: StaticString, _ read: @escaping @Sendable (borrowing Row) throws -> Output
    ) where Input == (repeat each Parameter) {
        self.sql = sql
        self.number = StatementNumbers.number(of: sql)
        self.read = read
    }

    /// A statement whose rows, if there are any, do not matter.
    @inlinable package init<each Parameter: Bindable>(
        _ sql: StaticString
    ) where Input == (repeat each Parameter), Output == Void {
        self.init(sql) { _ in }
    }
}

/// Small numbers for the texts of this program, so that a connection finds a prepared statement by
/// indexing an array instead of hashing a text.
@usableFromInline
enum StatementNumbers {
    /// By address: a literal has one for the life of the process, however often it is evaluated.
    private static let numbers = Guarded<[UInt: Int]>([:])

    @usableFromInline
    static func number(of sql: StaticString) -> Int {
        let address = unsafe UInt(bitPattern: sql.pointer)
        return numbers.withLock { numbers in
            if let number = numbers[address] { return number }
            let number = numbers.count
            numbers[address] = number
            return number
        }
    }
}

extension StaticString {
    /// The text, ended by a NUL.
    var pointer: UnsafePointer<CChar> {
        precondition(hasPointerRepresentation, "a statement is longer than one character")
        return unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
