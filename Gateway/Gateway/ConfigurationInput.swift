import HTTPClient
import JSON

/// The whole file: its parts read one by one, then what they say about each other.
struct ConfigurationInput: JSONDecodable {
    let configuration: GatewayConfiguration

    init(from fields: inout JSONFields) {
        let groups = ConfigurationInput.groups(&fields)
        let listeners = ConfigurationInput.listeners(groups, &fields)
        var configuration = GatewayConfiguration(listeners: listeners, targetGroups: groups)
        configuration.admin = fields.optionalObject("Admin", as: AdminInput.self)?.admin
        ConfigurationInput.readAttributes(into: &configuration, &fields)
        self.configuration = configuration
    }

    private static func groups(_ fields: inout JSONFields) -> [TargetGroup] {
        let inputs =
            fields.optionalArray("TargetGroups", of: TargetGroupInput.self, count: 0...Int.max)
            ?? []
        if inputs.count > GatewayLimits.targetGroupsMax {
            fields.refuse(
                "TargetGroups", .tooManyTargetGroups,
                "there are at most \(GatewayLimits.targetGroupsMax) target groups")
        }
        var names: Set<String> = []
        for (index, input) in inputs.enumerated() where !names.insert(input.group.name).inserted {
            fields.refuse(
                "TargetGroups/\(index)/TargetGroupName", .duplicateTargetGroupName,
                "a target group '\(input.group.name)' exists already")
        }
        return inputs.map(\.group)
    }

    private static func listeners(
        _ groups: [TargetGroup], _ fields: inout JSONFields
    ) -> [Listener] {
        let inputs =
            fields.optionalArray("Listeners", of: ListenerInput.self, count: 0...Int.max) ?? []
        if inputs.isEmpty {
            fields.refuse("Listeners", .validationError, "at least one listener is expected")
        } else if inputs.count > GatewayLimits.listenersMax {
            fields.refuse(
                "Listeners", .tooManyListeners,
                "there are at most \(GatewayLimits.listenersMax) listeners")
        }
        let names = Set(groups.map(\.name))
        var ports: Set<UInt16> = []
        return inputs.enumerated().compactMap { index, input in
            if input.port != 0, !ports.insert(input.port).inserted {
                fields.refuse(
                    "Listeners/\(index)/Port", .duplicateListener,
                    "a listener on port \(input.port) exists already")
            }
            return listener(input, names, at: "Listeners/\(index)", &fields)
        }
    }

    /// Nil after a complaint, of this or of what is inside.
    private static func listener(
        _ input: ListenerInput, _ names: Set<String>, at place: String, _ fields: inout JSONFields
    ) -> Listener? {
        let rules = input.rules.enumerated().compactMap { index, rule -> ListenerRule? in
            guard let priority = rule.priority, priority != .default else { return nil }
            let place = "\(place)/Rules/\(index)/Actions/0"
            guard let action = action(rule.action, names, at: place, &fields) else { return nil }
            let conditions = rule.conditions.compactMap(\.condition)
            return ListenerRule(priority: priority, conditions: conditions, action: action)
        }
        guard let fallback = input.defaultAction,
            let action = action(fallback.action, names, at: "\(place)/\(fallback.place)", &fields)
        else { return nil }
        return Listener(
            address: input.address, port: input.port, rules: rules, defaultAction: action)
    }

    private static func action(
        _ input: ActionInput?, _ names: Set<String>, at place: String, _ fields: inout JSONFields
    ) -> RuleAction? {
        if let reference = input?.reference {
            return self.reference(
                reference, names, at: "\(place)/ReferenceConfig/Descriptions", &fields)
        }
        guard let target = input?.target else { return nil }
        guard names.contains(target.group) else {
            fields.refuse(
                "\(place)/\(target.place)", .targetGroupNotFound,
                "target group '\(target.group)' not found")
            return nil
        }
        return .forward(targetGroup: target.group)
    }

    private static func reference(
        _ input: ReferenceInput, _ names: Set<String>, at place: String,
        _ fields: inout JSONFields
    ) -> RuleAction {
        for (index, source) in input.sources.enumerated()
        where !names.contains(source.targetGroup) {
            fields.refuse(
                "\(place)/\(index)/TargetGroupArn", .targetGroupNotFound,
                "target group '\(source.targetGroup)' not found")
        }
        return .reference(input.sources)
    }

    private static func readAttributes(
        into configuration: inout GatewayConfiguration, _ fields: inout JSONFields
    ) {
        for attribute in AttributeInput.list("Attributes", &fields) {
            guard attribute.key == "idle_timeout.timeout_seconds" else {
                fields.refuse(
                    attribute.place, .invalidConfigurationRequest,
                    "this attribute is not served by this version")
                continue
            }
            guard let seconds = Int(attribute.value), (1...4_000).contains(seconds) else {
                fields.refuse(
                    attribute.place, .validationError,
                    "a number of seconds from 1 to 4000 is expected")
                continue
            }
            configuration.timeouts.firstByteMilliseconds = seconds * 1_000
            configuration.timeouts.idleMilliseconds = seconds * 1_000
        }
    }
}

/// The operator's port.
private struct AdminInput: JSONDecodable {
    let admin: GatewayConfiguration.Admin

    init(from fields: inout JSONFields) {
        var admin = GatewayConfiguration.Admin(
            port: fields.requiredPort("Port", allowsZero: true))
        admin.address = fields.optionalAddress("Address") ?? admin.address
        self.admin = admin
    }
}
