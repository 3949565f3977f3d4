import Bytes
import Discovery
import JSON

/// The instances of a registry, one after the other, as a person or a program reads them.
struct RegistryListing {
    private struct Entry {
        let namespace: String
        let service: String
        let instance: Instance
        let revision: Int
    }

    private let entries: [Entry]
    private let now: Timestamp

    /// Sorted by namespace, service and instance.
    init(_ registry: Registry, now: Timestamp) {
        self.now = now
        entries = registry.namespaces.sorted { $0.key < $1.key }.flatMap { namespace, space in
            space.services.sorted { $0.key < $1.key }.flatMap { service, content in
                content.instances.sorted { $0.key < $1.key }.map { _, instance in
                    Entry(
                        namespace: namespace, service: service, instance: instance,
                        revision: content.instancesRevision)
                }
            }
        }
    }

    /// A row an instance.
    var table: TextTable {
        var table = TextTable([
            "namespace", "service", "instance", "address", "health", "revision", "lease age",
        ])
        for entry in entries {
            table.add([
                entry.namespace, entry.service, entry.instance.id, address(entry.instance),
                health(entry.instance), "\(entry.revision)",
                age(entry.instance).map { Figures.seconds($0) } ?? "-",
            ])
        }
        return table
    }

    /// An array with an object an instance.
    var json: ByteString {
        var json = JSONWriter()
        json.beginArray()
        for entry in entries { write(entry, into: &json) }
        json.endArray()
        return json.finish()
    }

    private func write(_ entry: Entry, into json: inout JSONWriter) {
        json.beginObject()
        json.key("namespace")
        json.string(entry.namespace)
        json.key("service")
        json.string(entry.service)
        json.key("instance")
        json.string(entry.instance.id)
        json.key("address")
        json.string(address(entry.instance))
        json.key("health")
        json.string(health(entry.instance))
        json.key("revision")
        json.integer(entry.revision)
        json.key("leaseAgeMilliseconds")
        if let age = age(entry.instance) { json.integer(age) } else { json.null() }
        json.key("attributes")
        json.beginObject()
        for (key, value) in entry.instance.attributes.sorted(by: { $0.key < $1.key }) {
            json.key(key)
            json.string(value)
        }
        json.endObject()
        json.endObject()
    }

    private func address(_ instance: Instance) -> String {
        "\(instance.host ?? "?"):\(instance.port.map(String.init) ?? "?")"
    }

    private func health(_ instance: Instance) -> String {
        instance.isExpired(now: now) ? "EXPIRED" : instance.customHealth.rawValue
    }

    private func age(_ instance: Instance) -> Int64? {
        instance.renewedAt.map { max(0, now.milliseconds - $0.milliseconds) }
    }
}
