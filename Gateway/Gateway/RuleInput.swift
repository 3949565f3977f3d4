import JSON

/// A rule as `create-rule` takes it and `describe-rules` prints it, checked as far as it goes by
/// itself.
struct RuleInput: JSONDecodable {
    let priority: ListenerRule.Priority?
    let conditions: [ConditionInput]
    let action: ActionInput?

    init(from fields: inout JSONFields) {
        fields.ignore("ListenerArn", "RuleArn", "Tags")
        priority = RuleInput.priority(&fields)
        conditions = RuleInput.conditions(&fields, isDefault: priority == .default)
        action = ActionInput.single("Actions", in: &fields)
        if let transforms = fields.member("Transforms"), transforms != .array([]) {
            fields.refuse(
                "Transforms", .invalidConfigurationRequest,
                "transforms are not served by this version")
        }
    }

    /// An integer in requests, a string in answers; `default` together with `IsDefault`.
    private static func priority(_ fields: inout JSONFields) -> ListenerRule.Priority? {
        let isDefault = fields.optionalBool("IsDefault") ?? false
        let number: Int?
        switch fields.member("Priority") {
        case .integer(let integer): number = Int(integer)
        case .string("default"): return .default
        case .string(let text): number = Int(text)
        default:
            if isDefault { return .default }
            number = nil
        }
        guard let number, (1...GatewayLimits.priorityMax).contains(number) else {
            fields.refuse(
                "Priority", .validationError,
                "a whole number from 1 to \(GatewayLimits.priorityMax) is expected")
            return nil
        }
        return .number(number)
    }

    private static func conditions(
        _ fields: inout JSONFields, isDefault: Bool
    ) -> [ConditionInput] {
        let all = 0...Int.max
        let inputs = fields.optionalArray("Conditions", of: ConditionInput.self, count: all) ?? []
        let conditions = inputs.compactMap(\.condition)
        if isDefault {
            if !inputs.isEmpty {
                fields.refuse(
                    "Conditions", .operationNotPermitted, "the default rule has no conditions")
            }
        } else if inputs.isEmpty {
            fields.refuse("Conditions", .validationError, "a rule has at least one condition")
        } else if inputs.count > 1 {
            fields.refuse(
                "Conditions/1", .validationError, "a rule has at most one path-pattern condition")
        }
        if conditions.reduce(0, { $0 + $1.valueCount }) > GatewayLimits.conditionValuesMax {
            fields.refuse(
                "Conditions", .validationError,
                "a rule has at most \(GatewayLimits.conditionValuesMax) condition values")
        }
        if conditions.reduce(0, { $0 + $1.wildcardCount }) > GatewayLimits.wildcardsMax {
            fields.refuse(
                "Conditions", .validationError,
                "a rule has at most \(GatewayLimits.wildcardsMax) wildcards")
        }
        return inputs
    }
}
