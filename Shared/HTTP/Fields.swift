/// The fields of a message in the order they are sent. For a handful of fields: lookups are linear.
package struct Fields: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One field: its name, and its value as it is sent.
    package struct Field: Sendable, Equatable {
        package let name: FieldName
        package var value: String
    }

    package private(set) var list: [Field] = []

    package init() {}

    package init(dictionaryLiteral elements: (FieldName, String)...) {
        list = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of `name`; setting replaces all of them, nil removes them.
    package subscript(name: FieldName) -> String? {
        get { list.first { $0.name == name }?.value }
        set {
            list.removeAll { $0.name == name }
            if let newValue { append(name, newValue) }
        }
    }

    /// Gives the first field of `name` another value, in its place; does nothing where there is
    /// none.
    package mutating func replace(_ name: FieldName, by value: String) {
        guard let place = list.firstIndex(where: { $0.name == name }) else { return }
        list[place].value = value
    }

    /// Adds a field beside those of the same name.
    package mutating func append(_ name: FieldName, _ value: String) {
        list.append(Field(name: name, value: value))
    }

    /// Every value of `name`, in order.
    package func values(_ name: FieldName) -> [String] {
        list.filter { $0.name == name }.map(\.value)
    }
}
