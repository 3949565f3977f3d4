/// One condition of a rule. Its values are alternatives; a rule needs all of its conditions.
package enum RuleCondition: Sendable, Hashable {
    /// Any of the patterns matches the path (`path-pattern`).
    case path([PathPattern])

    /// Fields that ALB knows and this gateway does not serve yet: refused by name rather than
    /// ignored.
    package static let fieldsToCome: Set<String> = [
        "host-header", "http-header", "http-request-method", "query-string", "source-ip",
    ]

    /// How many values count against ALB's limit of a rule.
    package var valueCount: Int {
        switch self {
        case .path(let patterns): patterns.count
        }
    }

    /// How many wildcards count against ALB's limit of a rule.
    package var wildcardCount: Int {
        switch self {
        case .path(let patterns): patterns.reduce(0) { $0 + $1.wildcardCount }
        }
    }

    /// The condition as people write it, for labels and problems: `/api/users*`.
    package var text: String {
        switch self {
        case .path(let patterns): patterns.map(\.text).joined(separator: " or ")
        }
    }
}
