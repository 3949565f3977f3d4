package import Bytes
package import HTTP
package import JSON

// What handlers ask of a request.
extension Request {
    /// The text captured as `name`, percent-decoded; 400 if it is not UTF-8. Asking for a name
    /// that the pattern does not have is a programmer's mistake.
    package borrowing func path(_ name: String) throws(APIError) -> String {
        let captured = unsafe head.storage.bytes(capture(name))
        guard let text = unsafe PercentEncoding.decodeText(captured) else {
            throw .malformed("'\(name)' in the path is not percent-encoded UTF-8")
        }
        return text
    }

    /// The id captured as `name`: decimal digits, no leading zero, 1…2^53; anything else is 400.
    package borrowing func id<Thing>(
        _ name: String, as type: Thing.Type
    ) throws(APIError) -> ID<Thing> {
        let captured = unsafe head.storage.bytes(capture(name))
        guard let number = unsafe DecimalText.parse(captured),
            unsafe captured[0] != UInt8(ascii: "0"), let id = ID<Thing>(checking: number)
        else {
            let largest = ID<Thing>.rawValueMax
            throw .malformed("'\(name)' in the path is a whole number from 1 to \(largest)")
        }
        return id
    }

    /// The query, still in the head's bytes.
    package borrowing func query() -> QueryParameters { QueryParameters(head) }

    /// The message in the body: 400 for what is not JSON, 422 for what is not this message or has
    /// texts that are no Unicode.
    /// Unknown members are faults under `Prefer: handling=strict`.
    package borrowing func decode<Message: JSONDecodable>(
        _ type: Message.Type
    ) throws -> Message {
        try type.decode(body.bytes, strict: prefersStrict())
    }

    /// The members that `fields=` or `view=` chooses; all without them. 400 for names that do not
    /// exist, for a view that this record does not have, and for both at once.
    package borrowing func projection<Record: JSONRecord>(
        of type: Record.Type
    ) throws(APIError) -> JSONProjection<Record> {
        let query = query()
        let view = try query.word("view", View.self)
        guard let list = try query.text("fields") else {
            return try view == .card ? .smallForm() : .all
        }
        if view != nil { throw .malformed("'fields' and 'view' exclude each other") }
        do throws(JSONProjection<Record>.Refusal) {
            return try JSONProjection(list)
        } catch {
            switch error {
            case .emptyName: throw .malformed("'fields' has an empty name")
            case .unknown(let name): throw .malformed("'fields' names no member: \(name)")
            case .repeated(let name): throw .malformed("'fields' names a member twice: \(name)")
            }
        }
    }

    /// Whether the client asked for strict handling (RFC 7240 §4.4).
    package borrowing func prefersStrict() -> Bool {
        head.preference("handling")?.lowercased() == "strict"
    }

    private borrowing func capture(_ name: String) -> Slice {
        guard let slice = parameters[name] else {
            preconditionFailure("no route pattern of this handler captures '\(name)'")
        }
        return slice
    }
}

/// The two sizes of a record.
private enum View: String, CaseIterable { case full, card }

extension JSONProjection {
    fileprivate static func smallForm() throws(APIError) -> JSONProjection {
        let card = JSONProjection.card
        if card.isEmpty { throw .malformed("'view=card' does not exist here; use 'fields'") }
        return card
    }
}
