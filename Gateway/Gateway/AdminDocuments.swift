package import Bytes
import JSON
import Reactor

/// The operator's documents, in the shapes that `aws elbv2` prints.
package enum AdminDocuments {
    /// One group as `describe-target-health` prints it, with the requests in flight added to each
    /// target.
    package static func targetHealth(
        _ group: TargetGroup, _ targets: [ControlPlane.Standing]
    ) -> ByteString {
        var json = JSONWriter(capacity: 1024)
        write(group, targets, named: false, into: &json)
        json.endLine()
        return json.finish()
    }

    /// All groups, each with its name.
    package static func targetHealth(
        _ groups: [(group: TargetGroup, targets: [ControlPlane.Standing])]
    ) -> ByteString {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("TargetGroups")
        json.beginArray()
        for entry in groups { write(entry.group, entry.targets, named: true, into: &json) }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.finish()
    }

    /// All listeners with their rules as `describe-rules` prints them, both forms of each condition
    /// included.
    package static func rules(_ configuration: GatewayConfiguration) -> ByteString {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("Listeners")
        json.beginArray()
        for listener in configuration.listeners { write(listener, into: &json) }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.finish()
    }

    private static func write(
        _ group: TargetGroup, _ targets: [ControlPlane.Standing], named: Bool,
        into json: inout JSONWriter
    ) {
        json.beginObject()
        if named {
            json.key("TargetGroupName")
            json.string(group.name)
        }
        json.key("TargetHealthDescriptions")
        json.beginArray()
        for standing in targets { write(standing, group.healthCheck, into: &json) }
        json.endArray()
        json.endObject()
    }

    private static func write(
        _ standing: ControlPlane.Standing, _ check: HealthCheckSettings, into json: inout JSONWriter
    ) {
        let address = standing.target.address
        json.beginObject()
        json.key("Target")
        json.beginObject()
        json.member("Id", address.host)
        json.key("Port")
        json.integer(address.port)
        json.endObject()
        json.member("HealthCheckPort", "\(check.port ?? address.port)")
        json.key("TargetHealth")
        json.beginObject()
        json.member("State", standing.health.state.rawValue)
        if let reason = standing.health.reason {
            json.member("Reason", reason.code)
            json.member("Description", reason.description)
        }
        json.endObject()
        json.member("InstanceId", standing.target.id)
        json.key("InFlight")
        json.integer(standing.target.inFlight)
        json.endObject()
    }

    private static func write(_ listener: Listener, into json: inout JSONWriter) {
        json.beginObject()
        json.member("Address", listener.address)
        json.key("Port")
        json.integer(listener.port)
        json.member("Protocol", "HTTP")
        json.key("Rules")
        json.beginArray()
        for rule in listener.rules { write(rule, into: &json) }
        json.endArray()
        json.endObject()
    }

    private static func write(_ rule: ListenerRule, into json: inout JSONWriter) {
        json.beginObject()
        json.member("Priority", rule.priority.text)
        json.key("Conditions")
        json.beginArray()
        for case .path(let patterns) in rule.conditions {
            json.beginObject()
            json.member("Field", "path-pattern")
            json.member("Values", patterns.map(\.text))
            json.key("PathPatternConfig")
            json.beginObject()
            json.member("Values", patterns.map(\.text))
            json.endObject()
            json.endObject()
        }
        json.endArray()
        json.key("Actions")
        json.beginArray()
        write(rule.action, into: &json)
        json.endArray()
        json.key("IsDefault")
        json.bool(rule.priority == .default)
        json.endObject()
    }

    private static func write(_ action: RuleAction, into json: inout JSONWriter) {
        json.beginObject()
        switch action {
        case .forward(let group):
            json.member("Type", "forward")
            json.member("TargetGroupArn", group)
        case .reference(let sources):
            json.member("Type", "reference")
            json.key("ReferenceConfig")
            json.beginObject()
            json.key("Descriptions")
            json.beginArray()
            for source in sources {
                json.beginObject()
                json.member("TargetGroupArn", source.targetGroup)
                json.member("Path", source.path)
                json.endObject()
            }
            json.endArray()
            json.endObject()
        }
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func member(_ name: StaticString, _ texts: [String]) {
        key(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
