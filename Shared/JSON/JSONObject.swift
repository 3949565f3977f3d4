/// The members of an object in the order they were written, each name once.
package struct JSONObject: Equatable, Sendable {
    /// A name and what it stands for.
    package struct Member: Equatable, Sendable {
        /// Unescaped; any text, the empty one included.
        package let name: String
        /// Any value, null included.
        package let value: JSONValue
    }

    /// In the order of the text.
    package private(set) var members: [Member] = []

    /// No members.
    package init() {}

    /// The value of the member whose name is `name` byte for byte.
    package subscript(name: StaticString) -> JSONValue? {
        firstIndex(of: name, from: 0).map { members[$0].value }
    }

    /// Where the member lies; looks at `hint` first, for readers that ask in the usual order.
    func firstIndex(of name: StaticString, from hint: Int) -> Int? {
        if hint < members.count, members[hint].name.isSpelled(name) { return hint }
        return members.firstIndex { $0.name.isSpelled(name) }
    }

    /// Room for the members of a usual record, so that appending does not grow step by step.
    mutating func reserveUsual() { members.reserveCapacity(JSONObject.usualCount) }

    private static let usualCount = 6

    /// Adds a member whose name is known to be new.
    mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }
}

extension String {
    /// Byte for byte `name`. Swift's own equality compares canonically, which would let U+212A
    /// stand for the letter K.
    func isSpelled(_ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard utf8.count == count else { return false }
        let same = unsafe utf8.withContiguousStorageIfAvailable { own in
            for index in 0..<count where unsafe own[index] != name.utf8Start[index] {
                return false
            }
            return true
        }
        return same ?? utf8.elementsEqual("\(name)".utf8)
    }

    func isSpelled(_ other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
