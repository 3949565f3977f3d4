import JSON

/// A condition in its short form (`Values`) or its long one (`PathPatternConfig`), or both if they
/// agree.
struct ConditionInput: JSONDecodable {
    /// Nil when there was something to complain of.
    let condition: RuleCondition?

    init(from fields: inout JSONFields) {
        let field = fields.requiredString("Field")
        switch field {
        case "path-pattern":
            condition = ConditionInput.pathCondition(&fields)
        case let known where RuleCondition.fieldsToCome.contains(known):
            ConditionInput.ignoreConfigs(&fields)
            condition = nil
            fields.refuse(
                "Field", .validationError, "\(known) conditions are not served by this version")
        default:
            ConditionInput.ignoreConfigs(&fields)
            condition = nil
            // A missing field was complained of already.
            guard !field.isEmpty else { return }
            let known = (["path-pattern"] + RuleCondition.fieldsToCome.sorted())
                .joined(separator: ",")
            fields.refuse(
                "Field", .validationError, "condition field '\(field)' must be one of [\(known)]")
        }
    }

    private static func ignoreConfigs(_ fields: inout JSONFields) {
        fields.ignore(
            "Values", "RegexValues", "PathPatternConfig", "HostHeaderConfig", "HttpHeaderConfig",
            "HttpRequestMethodConfig", "QueryStringConfig", "SourceIpConfig")
    }

    private static func pathCondition(_ fields: inout JSONFields) -> RuleCondition? {
        fields.refuseIfPresent("RegexValues")
        let short = fields.optionalStrings("Values", count: 0...Int.max) ?? []
        let config = fields.optionalObject("PathPatternConfig", as: PathPatternInput.self)
        let long = config?.values ?? []
        guard !short.isEmpty || !long.isEmpty else {
            // Elements that are no strings were complained of already.
            if fields.member("Values") ?? .array([]) == .array([]), config?.hasValues != true {
                fields.refuse("Values", .validationError, "a condition value must be specified")
            }
            return nil
        }
        if !short.isEmpty, !long.isEmpty, short != long {
            fields.refuse(
                "PathPatternConfig/Values", .validationError,
                "Values and PathPatternConfig do not say the same")
            return nil
        }
        let place = short.isEmpty ? "PathPatternConfig/Values" : "Values"
        return patterns(short.isEmpty ? long : short, at: place, &fields).map { .path($0) }
    }

    /// All patterns, or nil after complaining of those that are none.
    private static func patterns(
        _ texts: [String], at place: String, _ fields: inout JSONFields
    ) -> [PathPattern]? {
        var patterns: [PathPattern] = []
        for (index, text) in texts.enumerated() {
            do throws(PathPattern.Fault) {
                patterns.append(try PathPattern(text))
            } catch {
                fields.refuse(
                    "\(place)/\(index)", .validationError, "the path pattern \(error.reason)")
            }
        }
        return patterns.count == texts.count ? patterns : nil
    }
}

/// The long form of a path condition.
private struct PathPatternInput: JSONDecodable {
    let values: [String]
    let hasValues: Bool

    init(from fields: inout JSONFields) {
        fields.refuseIfPresent("RegexValues")
        hasValues = fields.member("Values") ?? .array([]) != .array([])
        values = fields.optionalStrings("Values", count: 0...Int.max) ?? []
    }
}
