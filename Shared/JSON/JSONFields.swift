/// The members of one object, asked for by name. Every wrong answer becomes a complaint and a
/// placeholder; nothing throws, so that all faults are found in one pass.
///
/// Absent and null are the same, except to `has` and `isNull`.
package struct JSONFields {
    private let object: JSONObject
    private let pointer: String
    private let strict: Bool
    private var asked: [StaticString] = []
    private var hint = 0
    /// At most `JSONLimits.complaintsMax`; more are dropped.
    package private(set) var complaints: [JSONComplaint] = []

    /// `pointer` is where the object lies in its document.
    init(_ object: JSONObject, pointer: String = "", strict: Bool) {
        self.object = object
        self.pointer = pointer
        self.strict = strict
    }

    /// Whether the member was sent, be it null: for merge patches (RFC 7396).
    package mutating func has(_ name: StaticString) -> Bool { member(name) != nil }

    /// Whether the member was sent as null.
    package mutating func isNull(_ name: StaticString) -> Bool { member(name) == .null }

    /// The member as it is; nil when absent.
    package mutating func member(_ name: StaticString) -> JSONValue? {
        if strict { asked.append(name) }
        guard let index = object.firstIndex(of: name, from: hint) else { return nil }
        hint = index + 1
        return object.members[index].value
    }

    /// A finding of the caller's own about `name`, such as `taken`; `name` needs no escaping as a
    /// JSON pointer and may go deeper: `tags/0`.
    package mutating func complain(_ name: String, _ code: String, _ detail: String) {
        complain(JSONComplaint(pointer: "\(pointer)/\(name)", code: code, detail: detail))
    }

    mutating func complain(_ name: StaticString, _ code: String, _ detail: String) {
        complain("\(name)", code, detail)
    }

    private mutating func complain(_ complaint: JSONComplaint) {
        guard complaints.count < JSONLimits.complaintsMax else { return }
        complaints.append(complaint)
    }

    /// The member unless absent or null.
    mutating func value(_ name: StaticString) -> JSONValue? {
        let value = member(name)
        return value == .null ? nil : value
    }

    mutating func missing(_ name: StaticString) {
        complain(name, JSONComplaint.required, "this member is required")
    }

    mutating func wrongType(_ name: StaticString, _ expected: String, _ value: JSONValue) {
        let detail = "\(expected) is expected, not \(value.kind)"
        complain(name, JSONComplaint.wrongType, detail)
    }

    /// Reads an object inside this one; its complaints join these with longer pointers.
    mutating func nested<Message: JSONDecodable>(
        _ type: Message.Type, _ object: JSONObject, at path: String
    ) -> Message {
        var inner = JSONFields(object, pointer: "\(pointer)/\(path)", strict: strict)
        let message = Message(from: &inner)
        inner.complainOfUnknownMembers()
        for complaint in inner.complaints { complain(complaint) }
        return message
    }

    mutating func complainOfUnknownMembers() {
        guard strict else { return }
        for member in object.members where !asked.contains(where: member.name.isSpelled) {
            let name = JSONPointer.escape(member.name)
            complain(name, JSONComplaint.unknownMember, "there is no such member")
        }
    }
}

/// JSON pointers (RFC 6901).
package enum JSONPointer {
    /// A name as a step of a pointer: `~` becomes `~0` and `/` becomes `~1`.
    package static func escape(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") })
        else { return name }
        var escaped = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
