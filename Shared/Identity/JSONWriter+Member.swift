import JSON

extension JSONWriter {
    /// A member that is a string.
    mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    /// A member that is a whole number.
    mutating func member(_ name: StaticString, _ number: Int64) {
        key(name)
        integer(number)
    }
}
