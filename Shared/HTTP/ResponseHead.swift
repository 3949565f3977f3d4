/// A status line and its fields, parsed and checked, as a client or proxy received them.
package struct ResponseHead: Sendable {
    package let storage: HeadStorage
    package let status: Status
    package let minorVersion: UInt8
    /// The framing, given the method of the request it answers (RFC 9112 §6.3).
    package let framing: BodyFraming
    /// Whether the server lets the connection be used again.
    package let persists: Bool
    /// Bytes the head took in the stream.
    package let byteCount: Int

    package init(
        storage: HeadStorage, status: Status, minorVersion: UInt8, framing: BodyFraming,
        persists: Bool, byteCount: Int
    ) {
        self.storage = storage
        self.status = status
        self.minorVersion = minorVersion
        self.framing = framing
        self.persists = persists
        self.byteCount = byteCount
    }

    /// The first value of a field as text.
    package subscript(name: FieldName) -> String? { storage.text(name) }

    /// The fields as an owned list, for callers off the hot path.
    package var fields: Fields {
        var fields = Fields()
        for line in storage.lines {
            let name = FieldName(stringLiteral: storage.text(line.name))
            fields.append(name, storage.text(line.value))
        }
        return fields
    }
}
