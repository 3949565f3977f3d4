/// What values a member may have, in the words of JSON Schema (draft 2020-12), as far as records
/// and messages can say it.
@usableFromInline package indirect enum JSONSchema: Sendable {
    /// Any value: whoever wrote the member by hand did not say.
    case anything
    case bool
    /// A whole number; nil: any.
    case integer(ClosedRange<Int64>?)
    case number
    /// A string of so many Unicode scalars; nil: any number of them.
    case string(length: ClosedRange<Int>?)
    /// A time of RFC 3339.
    case time
    /// One of these strings.
    case word([String])
    /// A list of so many elements; nil: any number of them.
    case array(JSONSchema, count: ClosedRange<Int>?)
    /// Such a value, or null.
    case nullable(JSONSchema)
    case object(JSONObjectSchema)
}

/// The schema of an object, with the name of the type that declares it. Members are listed when
/// they are asked for, so that a type may contain itself.
@usableFromInline package struct JSONObjectSchema: Sendable {
    /// As people call it: `Topic`, `TopicCard`. Two types may have the same.
    package let name: String
    /// The same for the same type and use, and for no other.
    package let identity: String
    private let list: @Sendable () -> [JSONMemberSchema]

    init<Declaring>(
        of type: Declaring.Type, named name: String? = nil, _ use: String = "",
        _ list: @escaping @Sendable () -> [JSONMemberSchema]
    ) {
        self.name = "\(name ?? "\(type)")\(use)"
        identity = "\(String(reflecting: type))\(use)"
        self.list = list
    }

    /// In the order of the table, or in which they are asked for.
    package var members: [JSONMemberSchema] { list() }
}

/// The schema of one member of an object.
@usableFromInline package struct JSONMemberSchema: Sendable {
    package let name: String
    package let schema: JSONSchema
    /// Whether the object has it always.
    package let isRequired: Bool

    init(_ name: StaticString, _ schema: JSONSchema, isRequired: Bool) {
        self.name = "\(name)"
        self.schema = schema
        self.isRequired = isRequired
    }
}

extension JSONRecord {
    /// What the whole record looks like.
    package static var answerSchema: JSONSchema { schema("", members) }

    /// What its small form looks like: of a record that is small already, the record.
    package static var cardSchema: JSONSchema {
        card.count == members.count ? answerSchema : schema("Card", card)
    }

    private static func schema(_ use: String, _ table: [JSONMember<Self>]) -> JSONSchema {
        .object(
            JSONObjectSchema(of: Self.self, named: schemaName, use) {
                table.map {
                    JSONMemberSchema(
                        $0.name, $0.form.schema, isRequired: !$0.canBeAbsent)
                }
            })
    }
}
