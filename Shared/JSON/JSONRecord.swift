/// A value with a JSON object form, declared once as a table of members: the whole object is the
/// table in order, a projection is a choice from it.
///
///     static let members: [JSONMember<Self>] = [.id("id", \.id), .string("username", \.username)]
@usableFromInline package protocol JSONRecord: Sendable {
    /// Every member of the full form, in order. A stored `static let`: it is read per record.
    static var members: [JSONMember<Self>] { get }

    /// The members of its small form for lists and menus, in order; empty if it has none. Also a
    /// stored `static let`: `static let card = members("id", "name")`.
    static var card: [JSONMember<Self>] { get }

    /// What descriptions of the API call it: the name of the type unless clients know it by
    /// another.
    static var schemaName: String { get }

    /// Writes the chosen members as an object. It is a requirement so that every record brings its
    /// own specialised copy, also to callers that only know that it is some record; one that keeps
    /// its JSON writes another.
    func write(_ projection: JSONProjection<Self>, into writer: inout JSONWriter)
}

extension JSONRecord {
    /// The name of the type.
    package static var schemaName: String { "\(Self.self)" }

    /// No small form.
    @inlinable package static var card: [JSONMember<Self>] { [] }

    /// The members of these names, in this order; a name that the full form does not have is a
    /// programmer's mistake.
    package static func members(_ names: StaticString...) -> [JSONMember<Self>] {
        names.map { name in
            guard let member = members.first(where: { "\($0.name)" == "\(name)" }) else {
                preconditionFailure("\(Self.self) has no member \(name)")
            }
            return member
        }
    }

    /// Every member of the projection that this record has.
    @inlinable package func write(
        _ projection: JSONProjection<Self>, into writer: inout JSONWriter
    ) {
        writeMembers(projection, into: &writer)
    }

    /// The same, for a record that writes itself otherwise where it is wanted whole.
    @inlinable package func writeMembers(
        _ projection: JSONProjection<Self>, into writer: inout JSONWriter
    ) {
        writer.beginObject()
        for member in projection.members {
            if let isPresent = member.isPresent, !isPresent(self) { continue }
            writer.key(label: member.label)
            member.write(self, &writer)
        }
        writer.endObject()
    }
}

extension JSONWriter {
    /// Writes the record as its projection asks, whole without one.
    @inlinable package mutating func record<Record: JSONRecord>(
        _ record: Record, _ projection: JSONProjection<Record> = .all
    ) {
        record.write(projection, into: &self)
    }

    /// Writes records as a bare array.
    @inlinable package mutating func records<Record: JSONRecord>(
        _ records: some Sequence<Record>, _ projection: JSONProjection<Record> = .all
    ) {
        beginArray()
        for record in records { record.write(projection, into: &self) }
        endArray()
    }
}
