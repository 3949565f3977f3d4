/// A value that a statement takes as a parameter. An identifier conforms by binding its number:
/// `func bind(…) { try rawValue.bind(to: statement, at: position) }`.
@usableFromInline package protocol Bindable {
    /// Gives the value to the parameter at `position`, counted from 1.
    func bind(to statement: borrowing Statement, at position: Int32) throws(DatabaseError)
}

extension Int64: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(self, at: position)
    }
}

extension Int: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(Int64(self), at: position)
    }
}

/// Stored as 0 or 1.
extension Bool: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(Int64(self ? 1 : 0), at: position)
    }
}

extension Double: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(self, at: position)
    }
}

/// Stored as UTF-8 with its length, so that a NUL inside is text like any other.
extension String: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(self, at: position)
    }
}

/// Text that is never copied.
extension StaticString: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(self, at: position)
    }
}

/// Stored as a blob.
extension [UInt8]: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try statement.bind(self, at: position)
    }
}

/// `nil` is stored as NULL.
extension Optional: Bindable where Wrapped: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        guard let value = self else { return try statement.bindNull(at: position) }
        try value.bind(to: statement, at: position)
    }
}

/// Enumerations and wrappers conform with an empty extension and are stored as their raw value.
extension Bindable where Self: RawRepresentable, RawValue: Bindable {
    @inlinable package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        try rawValue.bind(to: statement, at: position)
    }
}
