import Bytes
import JSON

/// A target group as `create-target-group` and `register-targets` describe it, and where it is
/// discovered.
struct TargetGroupInput: JSONDecodable {
    let group: TargetGroup

    init(from fields: inout JSONFields) {
        fields.ignore(
            "TargetGroupArn", "LoadBalancerArns", "VpcId", "Tags", "HealthCheckEnabled")
        var group = TargetGroup(name: TargetGroupInput.name(&fields))
        TargetGroupInput.checkKinds(&fields)
        let port = fields.has("Port") ? fields.requiredPort("Port") : nil
        group.healthCheck = TargetGroupInput.healthCheck(&fields)
        group.discovery = fields.optionalObject("Discovery", as: DiscoveryInput.self)?.source
        group.targets = TargetGroupInput.targets(port, &fields)
        TargetGroupAttributes.read(into: &group, &fields)
        self.group = group
    }

    private static func name(_ fields: inout JSONFields) -> String {
        let name = fields.requiredString("TargetGroupName", length: 1...Int.max)
        let isFit =
            name.utf8.count <= GatewayLimits.targetGroupNameBytesMax
            && name.utf8.allSatisfy {
                ASCII.isDigit($0) || ASCII.isLetter($0) || $0 == UInt8(ascii: "-")
            } && !name.hasPrefix("-") && !name.hasSuffix("-")
        if !isFit {
            fields.refuse(
                "TargetGroupName", .validationError,
                "up to \(GatewayLimits.targetGroupNameBytesMax) letters, digits and hyphens are "
                    + "expected, no hyphen at either end")
        }
        return name
    }

    private static func checkKinds(_ fields: inout JSONFields) {
        check("Protocol", ["HTTP"], .unsupportedProtocol, &fields)
        check("ProtocolVersion", ["HTTP1"], .unsupportedProtocol, &fields)
        check("HealthCheckProtocol", ["HTTP"], .unsupportedProtocol, &fields)
        check("TargetType", ["instance", "ip"], .invalidConfigurationRequest, &fields)
        check("IpAddressType", ["ipv4"], .invalidConfigurationRequest, &fields)
    }

    private static func check(
        _ name: StaticString, _ served: [String], _ code: AWSErrorCode, _ fields: inout JSONFields
    ) {
        guard let value = fields.optionalString(name), !served.contains(value) else { return }
        fields.refuse(
            "\(name)", code, "this version serves \(served.joined(separator: " and ")) only")
    }

    private static func targets(
        _ port: UInt16?, _ fields: inout JSONFields
    ) -> [TargetGroup.FixedTarget] {
        let inputs = fields.optionalArray("Targets", of: TargetInput.self, count: 0...Int.max) ?? []
        if inputs.count > GatewayLimits.targetsMax {
            fields.refuse(
                "Targets", .tooManyTargets,
                "a target group has at most \(GatewayLimits.targetsMax) targets")
        }
        var targets: [TargetGroup.FixedTarget] = []
        for (index, input) in inputs.enumerated() {
            guard let port = input.port ?? port else {
                fields.refuse(
                    "Targets/\(index)/Port", .invalidTarget,
                    "a port is expected here or at the target group")
                continue
            }
            let target = TargetGroup.FixedTarget(address: input.address, port: port)
            if targets.contains(target) {
                fields.refuse("Targets/\(index)", .invalidTarget, "the target is listed twice")
            }
            targets.append(target)
        }
        return targets
    }
}

/// A target as `register-targets` takes it.
private struct TargetInput: JSONDecodable {
    let address: String
    let port: UInt16?

    init(from fields: inout JSONFields) {
        fields.ignore("AvailabilityZone")
        let id = fields.requiredString("Id")
        if !id.isEmpty, !isIPv4Address(id) {
            fields.refuse("Id", .invalidTarget, "an IPv4 address is expected, such as 127.0.0.1")
        }
        address = id
        port = fields.has("Port") ? fields.requiredPort("Port") : nil
    }
}

/// The service of the registry whose instances are the targets, in Cloud Map's words.
private struct DiscoveryInput: JSONDecodable {
    let source: TargetGroup.DiscoverySource

    init(from fields: inout JSONFields) {
        source = TargetGroup.DiscoverySource(
            namespace: fields.requiredString("NamespaceName", length: 1...1024),
            service: fields.requiredString("ServiceName", length: 1...127))
    }
}
