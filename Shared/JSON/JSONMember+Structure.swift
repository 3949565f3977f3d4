public import Bytes

// Members that are records or lists. `orNull` writes null for nil, `orAbsent` leaves the member
// out; a card is the small form of a record.
extension JSONMember {
    /// Another record inside this one, whole.
    @inlinable package static func record<Inner: JSONRecord>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Inner
    ) -> JSONMember {
        JSONMember(name, as: RecordForm<Inner>.self) { record, writer in
            writer.record(get(record))
        }
    }

    /// The record, or null.
    @inlinable package static func record<Inner: JSONRecord>(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> Inner?
    ) -> JSONMember {
        JSONMember(name, as: NullForm<RecordForm<Inner>>.self) { record, writer in
            if let inner = get(record) { writer.record(inner) } else { writer.null() }
        }
    }

    /// The record, or nothing.
    @inlinable package static func record<Inner: JSONRecord>(
        _ name: StaticString, orAbsent get: @escaping @Sendable (Record) -> Inner?
    ) -> JSONMember {
        JSONMember(name, as: RecordForm<Inner>.self, when: { get($0) != nil }) { record, writer in
            if let inner = get(record) { writer.record(inner) } else { writer.null() }
        }
    }

    /// Records, whole.
    @inlinable package static func records<Inner: JSONRecord>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> [Inner]
    ) -> JSONMember {
        JSONMember(name, as: ListForm<RecordForm<Inner>>.self) { record, writer in
            writer.records(get(record))
        }
    }

    /// The card of another record.
    @inlinable package static func card<Inner: JSONRecord>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Inner
    ) -> JSONMember {
        JSONMember(name, as: CardForm<Inner>.self) { record, writer in
            writer.record(get(record), .card)
        }
    }

    /// Cards of other records.
    @inlinable package static func cards<Inner: JSONRecord>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> [Inner]
    ) -> JSONMember {
        JSONMember(name, as: ListForm<CardForm<Inner>>.self) { record, writer in
            writer.records(get(record), .card)
        }
    }

    /// A list of strings.
    @inlinable package static func strings(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> [String]
    ) -> JSONMember {
        JSONMember(name, as: ListForm<TextForm>.self) { record, writer in
            writer.beginArray()
            for text in get(record) { writer.string(text) }
            writer.endArray()
        }
    }

    /// A list of words of a closed list.
    @inlinable package static func words<Word: RawRepresentable & CaseIterable & Sendable>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> [Word]
    ) -> JSONMember where Word.RawValue == String {
        JSONMember(name, as: ListForm<WordForm<Word>>.self) { record, writer in
            writer.beginArray()
            for word in get(record) { writer.string(word.rawValue) }
            writer.endArray()
        }
    }

    /// The numbers of things.
    @inlinable package static func ids<Thing>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> [ID<Thing>]
    ) -> JSONMember {
        JSONMember(name, as: ListForm<IDForm>.self) { record, writer in
            writer.beginArray()
            for id in get(record) { writer.integer(id.rawValue) }
            writer.endArray()
        }
    }
}
