/// A rule of a listener, as `create-rule` takes it: when all conditions hold, do the action.
package struct ListenerRule: Sendable, Hashable {
    /// Where the rule stands: lower numbers are tried first, the default rule last.
    package enum Priority: Sendable, Hashable, Comparable {
        /// 1…50 000, unique within a listener.
        case number(Int)
        case `default`

        package static func < (left: Priority, right: Priority) -> Bool {
            switch (left, right) {
            case (.number(let one), .number(let other)): one < other
            case (.number, .default): true
            case (.default, _): false
            }
        }

        /// As `describe-rules` prints it: `1` or `default`.
        package var text: String {
            switch self {
            case .number(let number): "\(number)"
            case .default: "default"
            }
        }
    }

    package let priority: Priority
    /// Empty for the default rule, which always holds.
    package let conditions: [RuleCondition]
    package let action: RuleAction

    package init(priority: Priority, conditions: [RuleCondition], action: RuleAction) {
        self.priority = priority
        self.conditions = conditions
        self.action = action
    }

    /// The rule in one short line, as problems and logs name it: `priority 1 /api/users*`.
    package var label: String {
        let parts = conditions.map(\.text).joined(separator: " and ")
        return priority == .default ? "default" : "priority \(priority.text) \(parts)"
    }
}
