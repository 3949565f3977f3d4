import Bytes
import JSON

/// A registry as the text of its file, both ways. Unknown members survive; known ones are checked.
extension Registry {
    /// What is wrong with a document that is JSON and no registry, and at which member.
    struct Misfit: Error {
        let reason: String
        /// The names of the members from the outermost to the wrong one.
        var path: [String] = []
    }

    init(_ document: JSONValue) throws(Misfit) {
        try Registry.each(document, "the document") { (member) throws(Misfit) in
            switch member.name {
            case "Revision": revision = try Registry.count(member.value, "Revision")
            case "Namespaces":
                try Registry.each(member.value, "Namespaces") { (entry) throws(Misfit) in
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

    /// Reads the members of an object one by one; a misfit among them knows where it is.
    static func each(
        _ value: JSONValue, _ what: String,
        _ read: (JSONObject.Member) throws(Misfit) -> Void
    ) throws(Misfit) {
        guard case .object(let object) = value else {
            throw Misfit(reason: "\(what) must be an object, not \(value.kind)")
        }
        for member in object.members {
            do throws(Misfit) {
                try read(member)
            } catch {
                throw Misfit(reason: error.reason, path: [member.name] + error.path)
            }
        }
    }

    static func string(_ value: JSONValue, _ what: String) throws(Misfit) -> String {
        guard case .string(let text) = value else {
            throw Misfit(reason: "\(what) must be a string, not \(value.kind)")
        }
        return text
    }

    static func count(_ value: JSONValue, _ what: String) throws(Misfit) -> Int {
        guard case .integer(let number) = value, (0...RegistryLimits.revisionMax).contains(number)
        else { throw Misfit(reason: "\(what) must be a whole number from 0 to 2^53") }
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
        try Registry.each(value, "namespace '\(name)'") { (member) throws(Registry.Misfit) in
            guard member.name == "Services" else { return unknown.append(member) }
            try Registry.each(member.value, "Services of '\(name)'") {
                (entry) throws(Registry.Misfit) in
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
        try Registry.each(value, "service '\(name)'") { (member) throws(Registry.Misfit) in
            switch member.name {
            case "InstancesRevision":
                instancesRevision = try Registry.count(
                    member.value, "InstancesRevision of '\(name)'")
            case "Instances":
                try Registry.each(member.value, "Instances of '\(name)'") {
                    (entry) throws(Registry.Misfit) in
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
        try Registry.each(value, "instance '\(id)'") { (member) throws(Registry.Misfit) in
            switch member.name {
            case "Attributes":
                try Registry.each(member.value, "Attributes of '\(id)'") {
                    (entry) throws(Registry.Misfit) in
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
