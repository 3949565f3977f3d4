public import Bytes

/// One member of a record's JSON form: its name and how its value is written.
@usableFromInline package struct JSONMember<Record>: Sendable {
    /// Plain ASCII, unique in its record.
    @usableFromInline package let name: StaticString
    /// The name as it is written between two members: `,"name":`.
    @usableFromInline let label: ByteString
    /// What its values look like.
    @usableFromInline package let form: any JSONForm.Type
    /// Writes exactly one value.
    @usableFromInline let write: @Sendable (Record, inout JSONWriter) -> Void
    /// Whether this record has the member at all; nil for members that are always there.
    @usableFromInline let isPresent: (@Sendable (Record) -> Bool)?

    /// `write` appends exactly one value, of the form `form`; with `isPresent` the member can be
    /// left out.
    @inlinable package init(
        _ name: StaticString, as form: any JSONForm.Type = AnythingForm.self,
        when isPresent: (@Sendable (Record) -> Bool)? = nil,
        _ write: @escaping @Sendable (Record, inout JSONWriter) -> Void
    ) {
        self.name = name
        label = ByteString(",\"\(name)\":")
        self.form = form
        self.isPresent = isPresent
        self.write = write
    }

    /// Whether there are records without it.
    package var canBeAbsent: Bool { isPresent != nil }
}
