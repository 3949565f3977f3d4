package import Bytes

// The members of a merge patch. Without `OrNull` a member can be changed and not removed: nil means
// that it was not sent, null is a complaint.
extension JSONFields {
    /// A string of `length` characters.
    package mutating func patchString(
        _ name: StaticString, length: ClosedRange<Int> = 0...Int.max
    ) -> String? {
        patch(name, .string(length: length)) { $0.string(name, $1, length) }
    }

    /// The same for one that can be removed.
    package mutating func patchStringOrNull(
        _ name: StaticString, length: ClosedRange<Int> = 0...Int.max
    ) -> JSONPatch<String> {
        patchOrNull(name, .string(length: length)) { $0.string(name, $1, length) }
    }

    /// One of the words that `Word` knows.
    package mutating func patchWord<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type
    ) -> Word? where Word.RawValue == String {
        patch(name, WordForm<Word>.schema) { $0.word("\(name)", type, $1) }
    }

    /// A whole number within `range`.
    package mutating func patchInteger(
        _ name: StaticString, in range: ClosedRange<Int64>
    ) -> Int64? {
        patch(name, .integer(range)) { $0.integer("\(name)", $1, range) }
    }

    /// The same for one that can be removed.
    package mutating func patchIntegerOrNull(
        _ name: StaticString, in range: ClosedRange<Int64>
    ) -> JSONPatch<Int64> {
        patchOrNull(name, .integer(range)) { $0.integer("\(name)", $1, range) }
    }

    /// The number of a `Thing`.
    package mutating func patchID<Thing>(
        _ name: StaticString, as type: Thing.Type
    ) -> ID<Thing>? {
        patchInteger(name, in: 1...ID<Thing>.rawValueMax).map { ID($0) }
    }

    /// The same for one that can be removed.
    package mutating func patchIDOrNull<Thing>(
        _ name: StaticString, as type: Thing.Type
    ) -> JSONPatch<ID<Thing>> {
        let range = 1...ID<Thing>.rawValueMax
        return patchOrNull(name, .integer(range)) { fields, value in
            fields.integer("\(name)", value, range).map { ID($0) }
        }
    }

    /// true or false.
    package mutating func patchBool(_ name: StaticString) -> Bool? {
        patch(name, .bool) { $0.bool(name, $1) }
    }

    /// A moment that can be removed.
    package mutating func patchTimestampOrNull(_ name: StaticString) -> JSONPatch<Timestamp> {
        patchOrNull(name, .time) { $0.timestamp(name, $1) }
    }

    /// A list of strings; a patch replaces lists whole.
    package mutating func patchStrings(
        _ name: StaticString, count: ClosedRange<Int>, length: ClosedRange<Int> = 0...Int.max
    ) -> [String]? {
        patch(name, .array(.string(length: length), count: count)) {
            $0.strings(name, $1, count, length)
        }
    }

    /// An object that is a merge patch itself.
    package mutating func patchObject<Message: JSONDecodable>(
        _ name: StaticString, as type: Message.Type
    ) -> Message? {
        patch(name, type.requestSchema) { $0.object(name, type, $1) }
    }

    private mutating func patch<Value>(
        _ name: StaticString, _ schema: @autoclosure () -> JSONSchema,
        _ read: (inout JSONFields, JSONValue) -> Value?
    ) -> Value? {
        note(name, schema(), isRequired: false)
        guard let value = find(name) else { return nil }
        if value == .null {
            complain(name, JSONComplaint.required, "this member cannot be removed")
            return nil
        }
        return read(&self, value)
    }

    private mutating func patchOrNull<Value>(
        _ name: StaticString, _ schema: @autoclosure () -> JSONSchema,
        _ read: (inout JSONFields, JSONValue) -> Value?
    ) -> JSONPatch<Value> {
        note(name, .nullable(schema()), isRequired: false)
        guard let value = find(name) else { return .unchanged }
        if value == .null { return .removed }
        return read(&self, value).map { .set($0) } ?? .unchanged
    }
}
