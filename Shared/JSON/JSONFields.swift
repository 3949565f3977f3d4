/// The members of one object, asked for by name. Every wrong answer becomes a complaint and a
/// placeholder; nothing throws, so that all faults are found in one pass.
///
/// Absent and null are the same, except to `has`, `isNull` and the `patch` forms.
package struct JSONFields {
    private let object: JSONObject
    private let pointer: String
    private let strict: Bool
    /// Notes what is asked for when nothing else matters, see `JSONDecodable.requestSchema`.
    private let recorder: JSONFieldRecorder?
    private var asked: [StaticString] = []
    private var hint = 0
    /// At most `JSONLimits.complaintsMax`; more are dropped.
    package private(set) var complaints: [JSONComplaint] = []

    /// `pointer` is where the object lies in its document.
    init(_ object: JSONObject, pointer: String = "", strict: Bool) {
        self.object = object
        self.pointer = pointer
        self.strict = strict
        recorder = nil
    }

    /// An object without members that notes the questions.
    init(recordedBy recorder: JSONFieldRecorder) {
        object = JSONObject()
        pointer = ""
        strict = false
        self.recorder = recorder
    }

    /// Whether the member was sent, be it null: for merge patches (RFC 7396).
    package mutating func has(_ name: StaticString) -> Bool { find(name) != nil }

    /// Whether the member was sent as null.
    package mutating func isNull(_ name: StaticString) -> Bool { find(name) == .null }

    /// The member as it is; nil when absent.
    package mutating func member(_ name: StaticString) -> JSONValue? {
        note(name, .anything, isRequired: false)
        return find(name)
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

    mutating func wrongType(_ name: StaticString, _ expected: String, _ value: JSONValue) {
        let detail = "\(expected) is expected, not \(value.kind)"
        complain(name, JSONComplaint.wrongType, detail)
    }

    mutating func find(_ name: StaticString) -> JSONValue? {
        if strict { asked.append(name) }
        guard let index = object.firstIndex(of: name, from: hint) else { return nil }
        hint = index + 1
        return object.members[index].value
    }

    @inline(__always)
    func note(_ name: StaticString, _ schema: @autoclosure () -> JSONSchema, isRequired: Bool) {
        guard let recorder else { return }
        recorder.note(JSONMemberSchema(name, schema(), isRequired: isRequired))
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

// How a member is asked for: every question of the other files is one of these.
extension JSONFields {
    /// The member as `read` understands it; the placeholder with a complaint otherwise.
    @inline(__always)
    mutating func required<Value>(
        _ name: StaticString, _ schema: @autoclosure () -> JSONSchema,
        _ placeholder: @autoclosure () -> Value,
        _ read: (inout JSONFields, JSONValue) -> Value?
    ) -> Value {
        note(name, schema(), isRequired: true)
        guard let value = find(name), value != .null else {
            complain(name, JSONComplaint.required, "this member is required")
            return placeholder()
        }
        return read(&self, value) ?? placeholder()
    }

    /// The member as `read` understands it; nil when absent, null or complained of.
    @inline(__always)
    mutating func optional<Value>(
        _ name: StaticString, _ schema: @autoclosure () -> JSONSchema,
        _ read: (inout JSONFields, JSONValue) -> Value?
    ) -> Value? {
        note(name, schema(), isRequired: false)
        guard let value = find(name), value != .null else { return nil }
        return read(&self, value)
    }
}
