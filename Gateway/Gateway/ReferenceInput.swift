import JSON

/// What a `reference` action is made of, as far as it goes by itself.
struct ReferenceInput: JSONDecodable {
    let sources: [DescriptionSource]

    init(from fields: inout JSONFields) {
        let inputs =
            fields.optionalArray("Descriptions", of: SourceInput.self, count: 0...Int.max) ?? []
        if inputs.count > GatewayLimits.targetGroupsMax {
            fields.refuse(
                "Descriptions", .validationError,
                "there are at most \(GatewayLimits.targetGroupsMax) descriptions")
        }
        sources = inputs.map { DescriptionSource(targetGroup: $0.group, path: $0.path) }
    }

    private struct SourceInput: JSONDecodable {
        let group: String
        let path: String

        init(from fields: inout JSONFields) {
            group = ActionInput.groupName(fields.requiredString("TargetGroupArn"))
            path = fields.requiredString("Path", length: 1...128)
            let isPath = path.utf8.first == UInt8(ascii: "/") && path.utf8.allSatisfy { $0 > 0x20 }
            if !path.isEmpty, !isPath {
                fields.refuse("Path", .validationError, "a path such as /openapi.json is expected")
            }
        }
    }
}
