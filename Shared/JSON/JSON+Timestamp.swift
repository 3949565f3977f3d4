package import Bytes

extension JSONWriter {
    /// A moment as a string of RFC 3339 in UTC, with milliseconds.
    package mutating func timestamp(_ moment: Timestamp) {
        unsafe withUnsafeTemporaryAllocation(
            byteCount: Timestamp.textBytes, alignment: 1
        ) { room in
            unsafe moment.write(into: room)
            unsafe string(utf8: UnsafeRawBufferPointer(room))
        }
    }
}

extension JSONMember {
    /// A moment as a string of RFC 3339 in UTC, with milliseconds.
    package static func timestamp(
        _ name: StaticString, _ get: @escaping @Sendable (Record) -> Timestamp
    ) -> JSONMember {
        JSONMember(name, as: TimeForm.self) { record, writer in writer.timestamp(get(record)) }
    }

    /// The moment, or null.
    package static func timestamp(
        _ name: StaticString, orNull get: @escaping @Sendable (Record) -> Timestamp?
    ) -> JSONMember {
        JSONMember(name, as: NullForm<TimeForm>.self) { record, writer in
            if let moment = get(record) { writer.timestamp(moment) } else { writer.null() }
        }
    }
}

extension JSONFields {
    /// A moment written as RFC 3339 says, in any offset.
    package mutating func requiredTimestamp(_ name: StaticString) -> Timestamp {
        let none = Timestamp(milliseconds: 0)
        return required(name, .time, none) { $0.timestamp(name, $1) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalTimestamp(_ name: StaticString) -> Timestamp? {
        optional(name, .time) { $0.timestamp(name, $1) }
    }

    mutating func timestamp(_ name: StaticString, _ value: JSONValue) -> Timestamp? {
        guard let text = string(name, value, 0...Int.max) else { return nil }
        if let moment = Timestamp(parsing: text) { return moment }
        complain(name, "not-a-time", "a time of RFC 3339, such as 2026-08-01T12:34:56.789Z")
        return nil
    }
}
