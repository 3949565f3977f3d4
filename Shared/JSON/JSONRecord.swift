/// A value with a JSON object form, declared once as a table of members: the whole object is the
/// table in order, a projection is a choice from it.
///
///     static let members: [JSONMember<Self>] = [.id("id", \.id), .string("username", \.username)]
package protocol JSONRecord: Sendable {
    /// Every member of the full form, in order. A stored `static let`: it is read per record.
    static var members: [JSONMember<Self>] { get }
}

extension JSONWriter {
    /// Writes the whole record as an object.
    @inlinable package mutating func record<Record: JSONRecord>(_ record: Record) {
        beginObject()
        for member in Record.members { self.member(member, of: record) }
        endObject()
    }

    /// Writes the record as its projection asks.
    @inlinable package mutating func record<Record: JSONRecord>(
        _ record: Record, _ projection: JSONProjection<Record>
    ) {
        beginObject()
        for member in projection.members { self.member(member, of: record) }
        endObject()
    }

    /// Writes whole records as a bare array.
    @inlinable package mutating func records<Record: JSONRecord>(
        _ records: some Sequence<Record>, _ projection: JSONProjection<Record> = .all
    ) {
        beginArray()
        for record in records { self.record(record, projection) }
        endArray()
    }

    @inlinable mutating func member<Record>(_ member: JSONMember<Record>, of record: Record) {
        if let isPresent = member.isPresent, !isPresent(record) { return }
        key(member.name)
        member.write(record, &self)
    }
}
