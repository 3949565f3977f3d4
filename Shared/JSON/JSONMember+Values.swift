public import Bytes

// Members whose value is one word: `orNull` writes null for nil, `orAbsent` leaves the member out.
extension JSONMember {
    /// A string.
    @inlinable package static func string(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> String
    ) -> JSONMember {
        JSONMember(name, as: TextForm.self) { record, writer in writer.string(get(record)) }
    }

    /// The string, or null.
    @inlinable package static func string(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> String?
    ) -> JSONMember {
        JSONMember(name, as: NullForm<TextForm>.self) { record, writer in
            if let text = get(record) { writer.string(text) } else { writer.null() }
        }
    }

    /// The string, or nothing.
    @inlinable package static func string(
        _ name: StaticString, orAbsent get: @escaping @Sendable (Record) -> String?
    ) -> JSONMember {
        JSONMember(name, as: TextForm.self, when: { get($0) != nil }) { record, writer in
            writer.string(get(record) ?? "")
        }
    }

    /// A whole number.
    @inlinable package static func integer<Number: FixedWidthInteger & Sendable>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Number
    ) -> JSONMember {
        JSONMember(name, as: WholeForm.self) { record, writer in writer.integer(get(record)) }
    }

    /// The number, or null.
    @inlinable package static func integer<Number: FixedWidthInteger & Sendable>(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> Number?
    ) -> JSONMember {
        JSONMember(name, as: NullForm<WholeForm>.self) { record, writer in
            if let number = get(record) { writer.integer(number) } else { writer.null() }
        }
    }

    /// The number, or nothing.
    @inlinable package static func integer<Number: FixedWidthInteger & Sendable>(
        _ name: StaticString, orAbsent get: @escaping @Sendable (Record) -> Number?
    ) -> JSONMember {
        JSONMember(name, as: WholeForm.self, when: { get($0) != nil }) { record, writer in
            writer.integer(get(record) ?? 0)
        }
    }

    /// A finite number; others are written as null.
    package static func number(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Double
    ) -> JSONMember {
        JSONMember(name, as: NumberForm.self) { record, writer in writer.number(get(record)) }
    }

    /// The number of a thing.
    @inlinable package static func id<Thing>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> ID<Thing>
    ) -> JSONMember {
        JSONMember(name, as: IDForm.self) { record, writer in
            writer.integer(get(record).rawValue)
        }
    }

    /// The number of a thing, or null.
    @inlinable package static func id<Thing>(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> ID<Thing>?
    ) -> JSONMember {
        JSONMember(name, as: NullForm<IDForm>.self) { record, writer in
            if let id = get(record) { writer.integer(id.rawValue) } else { writer.null() }
        }
    }

    /// The number of a thing, or nothing.
    @inlinable package static func id<Thing>(
        _ name: StaticString, orAbsent get: @escaping @Sendable (Record) -> ID<Thing>?
    ) -> JSONMember {
        JSONMember(name, as: IDForm.self, when: { get($0) != nil }) { record, writer in
            if let id = get(record) { writer.integer(id.rawValue) } else { writer.null() }
        }
    }

    /// true or false.
    @inlinable package static func bool(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Bool
    ) -> JSONMember {
        JSONMember(name, as: FlagForm.self) { record, writer in writer.bool(get(record)) }
    }

    /// A word of a closed list.
    @inlinable package static func word<Word: RawRepresentable & CaseIterable & Sendable>(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Word
    ) -> JSONMember where Word.RawValue == String {
        JSONMember(name, as: WordForm<Word>.self) { record, writer in
            writer.string(get(record).rawValue)
        }
    }
}
