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
        JSONMember(name) { record, writer in writer.timestamp(get(record)) }
    }
}

extension JSONFields {
    /// A moment written as RFC 3339 says, in any offset; nil when absent, null or complained of.
    package mutating func optionalTimestamp(_ name: StaticString) -> Timestamp? {
        guard let text = optionalString(name) else { return nil }
        if let moment = Timestamp(parsing: text) { return moment }
        complain("\(name)", "not-a-time", "a time of RFC 3339, such as 2026-08-01T12:34:56.789Z")
        return nil
    }
}
