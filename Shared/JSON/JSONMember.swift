package import Bytes

/// One member of a record's JSON form: its name and how its value is written.
package struct JSONMember<Record>: Sendable {
    /// Plain ASCII, unique in its record.
    package let name: StaticString
    /// Writes exactly one value.
    @usableFromInline let write: @Sendable (Record, inout JSONWriter) -> Void
    /// Whether this record has the member at all; nil for members that are always there.
    @usableFromInline let isPresent: (@Sendable (Record) -> Bool)?

    /// `write` appends exactly one value; with `isPresent` the member can be left out.
    @inlinable package init(
        _ name: StaticString, when isPresent: (@Sendable (Record) -> Bool)? = nil,
        _ write: @escaping @Sendable (Record, inout JSONWriter) -> Void
    ) {
        self.name = name
        self.write = write
        self.isPresent = isPresent
    }

    /// A string.
    @inlinable package static func string(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> String
    ) -> JSONMember {
        JSONMember(name) { record, writer in writer.string(get(record)) }
    }

    /// The string, or null.
    @inlinable package static func string(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> String?
    ) -> JSONMember {
        JSONMember(name) { record, writer in
            if let text = get(record) { writer.string(text) } else { writer.null() }
        }
    }

    /// A whole number.
    @inlinable package static func integer<Number: FixedWidthInteger & Sendable>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Number
    ) -> JSONMember {
        JSONMember(name) { record, writer in writer.integer(get(record)) }
    }

    /// The number, or null.
    @inlinable package static func integer<Number: FixedWidthInteger & Sendable>(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> Number?
    ) -> JSONMember {
        JSONMember(name) { record, writer in
            if let number = get(record) { writer.integer(number) } else { writer.null() }
        }
    }

    /// The number of a thing.
    @inlinable package static func id<Thing>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> ID<Thing>
    ) -> JSONMember {
        JSONMember(name) { record, writer in writer.integer(get(record).rawValue) }
    }

    /// true or false.
    @inlinable package static func bool(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Bool
    ) -> JSONMember {
        JSONMember(name) { record, writer in writer.bool(get(record)) }
    }

    /// Another record inside this one, whole.
    @inlinable package static func record<Inner: JSONRecord>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Inner
    ) -> JSONMember {
        JSONMember(name) { record, writer in writer.record(get(record)) }
    }
}
