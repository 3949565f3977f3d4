/// Notes which members a message asks for, with their types and limits.
final class JSONFieldRecorder {
    private(set) var members: [JSONMemberSchema] = []

    /// A member that is asked for twice is what it was the first time.
    func note(_ member: JSONMemberSchema) {
        if members.contains(where: { $0.name == member.name }) { return }
        members.append(member)
    }
}

extension JSONDecodable {
    /// What such a message looks like. It is read once from nothing, and every question it asks is
    /// noted: so the schema says what the reader reads, with its limits.
    package static var requestSchema: JSONSchema {
        .object(
            JSONObjectSchema(of: Self.self) {
                let recorder = JSONFieldRecorder()
                var fields = JSONFields(recordedBy: recorder)
                _ = Self(from: &fields)
                return recorder.members
            })
    }
}
