import JSON

/// One attribute as a key and its text, and where it was read.
struct AttributeInput {
    let key: String
    let value: String
    /// A pointer from the object that has the attributes.
    let place: String

    /// The attributes in the member `name`: an object of strings, or a list of `{"Key", "Value"}`.
    /// Numbers and booleans stand for their text.
    static func list(_ name: StaticString, _ fields: inout JSONFields) -> [AttributeInput] {
        switch fields.member(name) {
        case nil, .null: return []
        case .object(let object):
            return object.members.compactMap { member in
                let place = "\(name)/\(JSONPointer.escape(member.name))"
                return attribute(member.name, member.value, at: place, &fields)
            }
        case .array(let elements):
            return elements.enumerated().compactMap { index, element in
                guard case .string(let key)? = element["Key"], let value = element["Value"] else {
                    fields.refuse(
                        "\(name)/\(index)", .validationError, "a Key and a Value are expected")
                    return nil
                }
                return attribute(key, value, at: "\(name)/\(index)/Value", &fields)
            }
        default:
            fields.refuse("\(name)", .validationError, "an object of strings is expected")
            return []
        }
    }

    private static func attribute(
        _ key: String, _ value: JSONValue, at place: String, _ fields: inout JSONFields
    ) -> AttributeInput? {
        switch value {
        case .string(let text): return AttributeInput(key: key, value: text, place: place)
        case .integer(let number): return AttributeInput(key: key, value: "\(number)", place: place)
        case .bool(let bool): return AttributeInput(key: key, value: "\(bool)", place: place)
        default:
            fields.refuse(place, .validationError, "a string is expected, not \(value.kind)")
            return nil
        }
    }
}
