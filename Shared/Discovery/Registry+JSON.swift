import Bytes
import JSON

/// A registry as the text of its file, both ways. Unknown members survive; known ones are checked.
extension Registry {
    /// What is wrong with a document that is JSON and no registry.
    struct Misfit: Error {
        let reason: String
    }

    init(_ document: JSONValue) throws(Misfit) {
        let members = try Registry.members(document, "the document")
        for member in members {
            switch member.name {
            case "Revision": revision = try Registry.count(member.value, "Revision")
            case "Namespaces":
                for entry in try Registry.members(member.value, "Namespaces") {
                    namespaces[entry.name] = try Namespace(entry.value, entry.name)
                }
            default: unknown.append(member)
            }
        }
    }

    /// The document, indented for people, members sorted by name.
    var text: ByteString {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.key("Revision")
        json.integer(revision)
        json.key("Namespaces")
        json.beginObject()
        for (name, namespace) in namespaces.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            namespace.write(into: &json)
        }
        json.endObject()
        json.members(unknown)
        json.endObject()
        return IndentedJSON.indent(json.finish())
    }

    static func members(_ value: JSONValue, _ what: String) throws(Misfit) -> [JSONObject.Member] {
        guard case .object(let object) = value else {
            throw Misfit(reason: "\(what) must be an object, not \(value.kind)")
        }
        return object.members
    }

    static func string(_ value: JSONValue, _ what: String) throws(Misfit) -> String {
        guard case .string(let text) = value else {
            throw Misfit(reason: "\(what) must be a string, not \(value.kind)")
        }
        return text
    }

    static func count(_ value: JSONValue, _ what: String) throws(Misfit) -> Int {
        guard case .integer(let number) = value, number >= 0 else {
            throw Misfit(reason: "\(what) must be a whole number of at least 0")
        }
        return Int(number)
    }

    static func time(_ value: JSONValue, _ what: String) throws(Misfit) -> Timestamp {
        guard let time = Timestamp(parsing: try string(value, what)) else {
            throw Misfit(reason: "\(what) must be a time such as 2026-01-31T12:00:00.000Z")
        }
        return time
    }
}

extension Registry.Namespace {
    init(_ value: JSONValue, _ name: String) throws(Registry.Misfit) {
        for member in try Registry.members(value, "namespace '\(name)'") {
            guard member.name == "Services" else {
                unknown.append(member)
                continue
            }
            for entry in try Registry.members(member.value, "Services of '\(name)'") {
                services[entry.name] = try Registry.Service(entry.value, entry.name)
            }
        }
    }

    func write(into json: inout JSONWriter) {
        json.beginObject()
        json.key("Services")
        json.beginObject()
        for (name, service) in services.sorted(by: { $0.key < $1.key }) {
            json.key(name)
            service.write(into: &json)
        }
        json.endObject()
        json.members(unknown)
        json.endObject()
    }
}

extension Registry.Service {
    init(_ value: JSONValue, _ name: String) throws(Registry.Misfit) {
        for member in try Registry.members(value, "service '\(name)'") {
            switch member.name {
            case "InstancesRevision":
                instancesRevision = try Registry.count(
                    member.value, "InstancesRevision of '\(name)'")
            case "Instances":
                for entry in try Registry.members(member.value, "Instances of '\(name)'") {
                    instances[entry.name] = try Instance(entry.value, entry.name)
                }
            default: unknown.append(member)
            }
        }
    }

    func write(into json: inout JSONWriter) {
        json.beginObject()
        json.key("InstancesRevision")
        json.integer(instancesRevision)
        json.key("Instances")
        json.beginObject()
        for (id, instance) in instances.sorted(by: { $0.key < $1.key }) {
            json.key(id)
            instance.write(into: &json)
        }
        json.endObject()
        json.members(unknown)
        json.endObject()
    }
}

extension Instance {
    init(_ value: JSONValue, _ id: String) throws(Registry.Misfit) {
        self.init(id: id, attributes: [:], customHealth: .healthy)
        for member in try Registry.members(value, "instance '\(id)'") {
            switch member.name {
            case "Attributes":
                for entry in try Registry.members(member.value, "Attributes of '\(id)'") {
                    attributes[entry.name] = try Registry.string(
                        entry.value, "attribute '\(entry.name)' of '\(id)'")
                }
            case "CustomHealthStatus":
                let text = try Registry.string(member.value, "CustomHealthStatus of '\(id)'")
                guard let health = CustomHealth(rawValue: text) else {
                    throw Registry.Misfit(
                        reason: "CustomHealthStatus of '\(id)' must be HEALTHY or UNHEALTHY")
                }
                customHealth = health
            case "RegisteredAt":
                registeredAt = try Registry.time(member.value, "RegisteredAt of '\(id)'")
            case "RenewedAt": renewedAt = try Registry.time(member.value, "RenewedAt of '\(id)'")
            default: unknown.append(member)
            }
        }
    }

    func write(into json: inout JSONWriter) {
        json.beginObject()
        json.key("Attributes")
        json.beginObject()
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            json.key(key)
            json.string(value)
        }
        json.endObject()
        json.key("CustomHealthStatus")
        json.string(customHealth.rawValue)
        if let registeredAt {
            json.key("RegisteredAt")
            json.string(registeredAt.text)
        }
        if let renewedAt {
            json.key("RenewedAt")
            json.string(renewedAt.text)
        }
        json.members(unknown)
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func members(_ members: [JSONObject.Member]) {
        for member in members {
            key(member.name)
            value(member.value)
        }
    }
}
