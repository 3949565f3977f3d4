/// The labels of one series, by name: the order they are written in makes no difference.
package struct Labels: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    let list: [Label]

    struct Label: Hashable {
        let name: String
        let value: String
    }

    /// Names are snake_case ASCII and not `le`; values are any text.
    package init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    /// The same for labels that are computed.
    package init(_ pairs: [(String, String)]) {
        for (name, _) in pairs {
            precondition(MetricName.isLabel(name), "a label is named in snake_case, not le or __x")
        }
        list = pairs.map { Label(name: $0.0, value: $0.1) }.sorted { $0.name < $1.name }
        precondition(
            zip(list, list.dropFirst()).allSatisfy { $0.name != $1.name }, "a label stands once")
    }
}
