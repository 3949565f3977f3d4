import JSON

/// What a source contributes to the answers of a route, where that is less than all of them.
struct SourcePart: Sendable {
    let source: String
    private let members: [String]
    private let isInCard: Bool
    private let choices: [QueryChoice]

    /// `members` of `Record`, and whatever `choices` decide.
    init<Record: JSONRecord>(
        _ source: String, _ members: [StaticString], of type: Record.Type, _ choices: [QueryChoice]
    ) {
        let names = members.map { "\($0)" }
        let known = (Record.members + Record.card).map { "\($0.name)" }
        precondition(
            names.allSatisfy(known.contains), "\(Record.schemaName) has what \(source) contributes")
        self.source = source
        self.members = names
        self.choices = choices
        isInCard = Record.card.contains { names.contains("\($0.name)") }
    }

    /// Whether an answer to `query` is made from the source.
    func isAsked(by query: QueryParameters) throws(APIError) -> Bool {
        for choice in choices where try query.text(choice.name) == choice.value { return true }
        if let fields = try query.text("fields") {
            return fields.split(separator: ",").contains { members.contains(String($0)) }
        }
        return try query.text("view") == "card" ? isInCard : true
    }
}

/// A parameter of a query with one of its values: `sort=activity`.
package struct QueryChoice: Sendable {
    let name: StaticString
    let value: String

    /// `value` is as it is decoded.
    package init(_ name: StaticString, _ value: String) {
        self.name = name
        self.value = value
    }
}
