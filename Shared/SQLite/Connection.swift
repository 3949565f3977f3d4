/// A connection lent to read. It cannot leave the closure it is lent to, and cannot write: writing
/// statements throw `readOnly`.
@usableFromInline package struct Connection: ~Copyable, Reader {
    @usableFromInline package let database: Database

    init(_ database: Database) { self.database = database }
}
