import JSON

/// The one action of a rule or listener: forward, in its short form, its long one or both; or
/// reference, which is this gateway's own.
struct ActionInput: JSONDecodable {
    /// The target group's name, and where in the action it was read; nil after a complaint.
    let target: (group: String, place: String)?
    /// What is answered here instead of forwarding; nil for a forward action.
    let reference: ReferenceInput?

    /// Reads the member `name`, a list of exactly one action; nil after a complaint.
    static func single(_ name: StaticString, in fields: inout JSONFields) -> ActionInput? {
        let actions = fields.optionalArray(name, of: ActionInput.self, count: 0...Int.max) ?? []
        if actions.isEmpty {
            fields.refuse("\(name)", .invalidLoadBalancerAction, "an action must be specified")
        } else if actions.count > 1 {
            fields.refuse("\(name)/1", .tooManyActions, "one action is all that is served")
        }
        return actions.first
    }

    init(from fields: inout JSONFields) {
        let type = fields.requiredString("Type")
        _ = fields.optionalInteger("Order", in: 1...Int64(GatewayLimits.priorityMax))
        guard type != "reference" else {
            target = nil
            reference = fields.optionalObject("ReferenceConfig", as: ReferenceInput.self)
            if reference == nil {
                fields.refuse(
                    "ReferenceConfig", .invalidLoadBalancerAction,
                    "say whose descriptions are shown: {\"Descriptions\": []}")
            }
            return
        }
        reference = nil
        guard type == "forward" else {
            fields.ignore(
                "TargetGroupArn", "ForwardConfig", "RedirectConfig", "FixedResponseConfig",
                "JwtValidationConfig", "AuthenticateOidcConfig", "AuthenticateCognitoConfig")
            target = nil
            // A missing type was complained of already.
            guard !type.isEmpty else { return }
            let isToCome = RuleAction.typesToCome.contains(type)
            fields.refuse(
                "Type", .invalidLoadBalancerAction,
                isToCome
                    ? "\(type) actions are not served by this version"
                    : "'\(type)' is no type of action; forward is one")
            return
        }
        let short = fields.optionalString("TargetGroupArn")
        let config = fields.optionalObject("ForwardConfig", as: ForwardInput.self)
        target = ActionInput.target(short, config, &fields)
    }

    /// Whether both say the same, however they spell it.
    func agrees(with other: ActionInput) -> Bool {
        target?.group == other.target?.group && reference?.sources == other.reference?.sources
    }

    private static func target(
        _ short: String?, _ config: ForwardInput?, _ fields: inout JSONFields
    ) -> (group: String, place: String)? {
        let shortName = short.map(ActionInput.groupName)
        let longName = config?.group.map(ActionInput.groupName)
        if let shortName, let longName, shortName != longName {
            fields.refuse(
                "ForwardConfig/TargetGroups/0/TargetGroupArn", .invalidLoadBalancerAction,
                "TargetGroupArn and ForwardConfig do not name the same group")
            return nil
        }
        if let shortName { return (shortName, "TargetGroupArn") }
        if let longName { return (longName, "ForwardConfig/TargetGroups/0/TargetGroupArn") }
        if config == nil {
            fields.refuse(
                "TargetGroupArn", .invalidLoadBalancerAction, "a target group must be specified")
        }
        return nil
    }

    /// The name inside `arn:…:targetgroup/<name>/<id>`; any other text is a name itself.
    static func groupName(_ reference: String) -> String {
        guard reference.hasPrefix("arn:") else { return reference }
        let parts = reference.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && parts[0].hasSuffix(":targetgroup") ? "\(parts[1])" : reference
    }
}

/// The long form of a forward action.
private struct ForwardInput: JSONDecodable {
    let group: String?

    init(from fields: inout JSONFields) {
        let groups =
            fields.optionalArray("TargetGroups", of: WeightedGroupInput.self, count: 0...Int.max)
            ?? []
        if groups.isEmpty {
            fields.refuse(
                "TargetGroups", .invalidLoadBalancerAction, "a target group must be specified")
        } else if groups.count > 1 {
            fields.refuse(
                "TargetGroups/1", .invalidLoadBalancerAction,
                "forwarding to several target groups is not served by this version")
        }
        group = groups.first?.reference
        let stickiness = fields.optionalObject(
            "TargetGroupStickinessConfig", as: StickinessInput.self)
        if stickiness?.isEnabled == true {
            fields.refuse(
                "TargetGroupStickinessConfig/Enabled", .invalidLoadBalancerAction,
                "stickiness is not served by this version")
        }
    }
}

private struct WeightedGroupInput: JSONDecodable {
    let reference: String

    init(from fields: inout JSONFields) {
        reference = fields.requiredString("TargetGroupArn")
        // The share of a single group is everything, unless its weight is 0: then it gets nothing.
        _ = fields.optionalInteger("Weight", in: 1...999)
    }
}

private struct StickinessInput: JSONDecodable {
    let isEnabled: Bool

    init(from fields: inout JSONFields) {
        isEnabled = fields.optionalBool("Enabled") ?? false
        _ = fields.optionalInteger("DurationSeconds", in: 1...604_800)
    }
}
