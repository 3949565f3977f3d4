package import Bytes

/// The place where services say where they are: the seam for every kind of registry.
package protocol ServiceRegistry: Sendable {
    /// Adds an instance; it stays until it is deregistered or its lease runs out.
    func register(_ instance: Instance, as service: String, in namespace: String) async throws
    /// Removes an instance; removing one that is not there is no error.
    func deregister(_ id: String, from service: String, in namespace: String) async throws
    /// Keeps an instance's lease alive, registering it again if somebody removed it.
    func renew(_ instance: Instance, of service: String, in namespace: String) async throws
}

/// The registry in a file on this host. The clock is a value, so that tests can bring their own.
package struct FileRegistry: ServiceRegistry {
    private let file: RegistryFile
    private let now: @Sendable () -> Timestamp

    package init(_ file: RegistryFile, now: @escaping @Sendable () -> Timestamp = Timestamp.now) {
        self.file = file
        self.now = now
    }

    package func register(
        _ instance: Instance, as service: String, in namespace: String
    ) async throws {
        let now = now()
        try file.update { (registry) throws(RegistryError) in
            registry.prune(now: now)
            try registry.register(instance, as: service, in: namespace, now: now)
        }
    }

    package func deregister(_ id: String, from service: String, in namespace: String) async throws {
        _ = try file.update { (registry) throws(RegistryError) in
            registry.deregister(id, from: service, in: namespace)
        }
    }

    package func renew(
        _ instance: Instance, of service: String, in namespace: String
    ) async throws {
        let now = now()
        try file.update { (registry) throws(RegistryError) in
            let isThere = registry.renew(instance.id, of: service, in: namespace, now: now)
            if !isThere { try registry.register(instance, as: service, in: namespace, now: now) }
            registry.prune(now: now)
        }
    }
}
