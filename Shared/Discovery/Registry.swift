package import Bytes
import JSON

/// The content of a registry: namespace → service → instance. A value: reading it needs no file.
package struct Registry: Equatable, Sendable {
    /// The services below one name, such as `forum.local`.
    package struct Namespace: Equatable, Sendable {
        package internal(set) var services: [String: Service] = [:]
        var unknown: [JSONObject.Member] = []
    }

    /// The instances of one service.
    package struct Service: Equatable, Sendable {
        /// Rises when an instance is registered or deregistered, and only then.
        package internal(set) var instancesRevision = 0
        package internal(set) var instances: [String: Instance] = [:]
        var unknown: [JSONObject.Member] = []
    }

    /// Rises with each change of the file.
    package internal(set) var revision = 0
    package internal(set) var namespaces: [String: Namespace] = [:]
    var unknown: [JSONObject.Member] = []

    /// A registry without anything.
    package init() {}

    /// The service of that name, if it was ever registered.
    package func service(_ name: String, in namespace: String) -> Service? {
        namespaces[namespace]?.services[name]
    }

    /// Adds the instance or replaces the one of the same identifier.
    package mutating func register(
        _ instance: Instance, as service: String, in namespace: String, now: Timestamp
    ) throws(RegistryError) {
        try RegistryNames.check(instance, service: service, namespace: namespace)
        var instance = instance
        instance.registeredAt = now
        instance.renewedAt = now
        var space = namespaces[namespace] ?? Namespace()
        var entry = space.services[service] ?? Service()
        let isNew = entry.instances.updateValue(instance, forKey: instance.id) == nil
        if isNew, entry.instances.count > RegistryLimits.instancesMax {
            throw .invalid(
                code: "ResourceLimitExceeded",
                reason: "service '\(service)' has \(RegistryLimits.instancesMax) instances already")
        }
        entry.instancesRevision += 1
        space.services[service] = entry
        namespaces[namespace] = space
    }

    /// Removes an instance; false if it is not there.
    package mutating func deregister(
        _ id: String, from service: String, in namespace: String
    ) -> Bool {
        guard namespaces[namespace]?.services[service]?.instances.removeValue(forKey: id) != nil
        else { return false }
        namespaces[namespace]?.services[service]?.instancesRevision += 1
        return true
    }

    /// Renews a lease; false if the instance is not there any more and must register again.
    package mutating func renew(
        _ id: String, of service: String, in namespace: String, now: Timestamp
    ) -> Bool {
        guard namespaces[namespace]?.services[service]?.instances[id] != nil else { return false }
        namespaces[namespace]?.services[service]?.instances[id]?.renewedAt = now
        return true
    }

    /// Removes every instance whose lease has run out.
    package mutating func prune(now: Timestamp) {
        for (namespace, space) in namespaces {
            for (service, entry) in space.services {
                for instance in entry.instances.values where instance.isExpired(now: now) {
                    _ = deregister(instance.id, from: service, in: namespace)
                }
            }
        }
    }
}
