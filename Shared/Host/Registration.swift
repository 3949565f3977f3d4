import Discovery
import Launch
import Synchronization
import Telemetry

/// A process's entry in the registry, from its first request to its last.
final class Registration: Sendable {
    private let registry: any ServiceRegistry
    private let instance: Instance
    private let service: String
    private let namespace: String
    private let log: Log
    private let renewal = Mutex<Task<Void, Never>?>(nil)

    init(
        _ instance: Instance, of service: String, in namespace: String,
        registry: any ServiceRegistry, log: Log
    ) {
        self.instance = instance
        self.service = service
        self.namespace = namespace
        self.registry = registry
        self.log = log
    }

    /// Registers, then keeps the lease alive until `end`.
    func begin() async throws {
        try await registry.register(instance, as: service, in: namespace)
        log.info("registered", ["instance": "\(instance.id)", "service": "\(service)"])
        let task = Task { [registry, instance, service, namespace, log] in
            while !Task.isCancelled {
                do {
                    try await Task.sleep(
                        for: .milliseconds(RegistryLimits.renewMilliseconds))
                } catch {
                    return  // Cancelled: the lease is not wanted any more.
                }
                do {
                    try await registry.renew(instance, of: service, in: namespace)
                } catch {
                    // The registry may be under repair; the process goes on serving and trying.
                    log.warning("the lease was not renewed", ["reason": "\(error)"])
                }
            }
        }
        renewal.withLock { $0 = task }
    }

    /// Deregisters: from now on nobody is sent here.
    func end() async {
        let task = renewal.withLock { $0 }
        task?.cancel()
        // A renewal under way would register again what is about to be deregistered.
        await task?.value
        do {
            try await registry.deregister(instance.id, from: service, in: namespace)
            log.info("deregistered", ["instance": "\(instance.id)"])
        } catch {
            log.warning("not deregistered: the lease will run out", ["reason": "\(error)"])
        }
    }
}
