package import Bytes

/// A message that can be read from a JSON object.
///
/// The initialiser asks `fields` for every member and never throws: what is missing gets a
/// placeholder and a complaint, so that one answer names every fault. A value with complaints
/// never leaves `decode`.
package protocol JSONDecodable: SendableMetatype {
    init(from fields: inout JSONFields)
}

extension JSONDecodable {
    /// The message in `value`. With `strict`, members that nobody asked for are complaints too.
    package static func decode(
        _ value: JSONValue, strict: Bool = false
    ) throws(JSONRejection) -> Self {
        guard case .object(let object) = value else {
            let detail = "an object is expected, not \(value.kind)"
            throw JSONRejection(complaints: [
                JSONComplaint(pointer: "", code: JSONComplaint.wrongType, detail: detail)
            ])
        }
        var fields = JSONFields(object, strict: strict)
        let message = Self(from: &fields)
        fields.complainOfUnknownMembers()
        guard fields.complaints.isEmpty else {
            throw JSONRejection(complaints: fields.complaints)
        }
        return message
    }

    /// The message in the text `bytes`; throws `JSONError` for what is not JSON and
    /// `JSONRejection` for what is not this message, or has strings that are no Unicode.
    package static func decode(_ bytes: ByteString, strict: Bool = false) throws -> Self {
        try unsafe bytes.withBytes { try unsafe decode($0, strict: strict) }
    }

    /// The same for lent bytes, such as a line of a stream.
    package static func decode(
        _ bytes: UnsafeRawBufferPointer, strict: Bool = false
    ) throws -> Self {
        let value: JSONValue
        do throws(JSONError) {
            value = try unsafe JSONValue.parse(bytes)
        } catch {
            guard error.reason.isOfString else { throw error }
            throw JSONRejection(complaints: try unsafe JSONFlaws.complaints(in: bytes))
        }
        return try decode(value, strict: strict)
    }
}
