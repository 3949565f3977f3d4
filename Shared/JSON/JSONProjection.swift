/// Which members of a record are written, in which order: the meaning of `fields=a,b,c`.
@usableFromInline package struct JSONProjection<Record: JSONRecord>: Sendable {
    /// Why a list of names is refused.
    package enum Refusal: Error, Equatable, Sendable {
        /// The list names nothing, or has an empty name between commas.
        case emptyName
        case unknown(String)
        /// An object has each member once.
        case repeated(String)
    }

    @usableFromInline let members: [JSONMember<Record>]
    /// Whether it is every member in the record's own order.
    @usableFromInline package let isWhole: Bool

    @inlinable init(members: [JSONMember<Record>], isWhole: Bool) {
        self.members = members
        self.isWhole = isWhole
    }

    /// Every member in the record's own order.
    @inlinable package static var all: JSONProjection {
        JSONProjection(members: Record.members, isWhole: true)
    }

    /// The members of the record's small form; none if it has no such form.
    @inlinable package static var card: JSONProjection {
        JSONProjection(members: Record.card, isWhole: false)
    }

    /// Whether it chooses nothing.
    package var isEmpty: Bool { members.isEmpty }

    /// Exactly the members that `list` names, separated by commas, in that order.
    package init(_ list: String) throws(Refusal) {
        var chosen: [JSONMember<Record>] = []
        chosen.reserveCapacity(Record.members.count)
        for name in list.split(separator: ",", omittingEmptySubsequences: false) {
            chosen.append(try JSONProjection.member(String(name), notIn: chosen))
        }
        members = chosen
        isWhole = false
    }

    private static func member(
        _ name: String, notIn chosen: [JSONMember<Record>]
    ) throws(Refusal) -> JSONMember<Record> {
        guard !name.isEmpty else { throw .emptyName }
        guard let member = Record.members.first(where: { name.isSpelled($0.name) }) else {
            throw .unknown(name)
        }
        guard !chosen.contains(where: { name.isSpelled($0.name) }) else { throw .repeated(name) }
        return member
    }
}
