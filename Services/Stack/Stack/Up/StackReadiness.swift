import Discovery
import Glibc
import Reactor

/// Finds out whether processes, and the routes through the entry, answer. Confined to its loop.
final class StackReadiness {
    private let plan: StackPlan
    private let registry: RegistryFile
    private let loop: EventLoop
    private var answered: Set<String> = []
    private var asked: Set<String> = []

    init(_ plan: StackPlan, _ registry: RegistryFile, on loop: EventLoop) {
        self.plan = plan
        self.registry = registry
        self.loop = loop
    }

    /// Looks up where processes listen that chose their port themselves. What an earlier process
    /// left in the registry is told from theirs by the process number.
    func learnAddresses(of children: [Child]) {
        let unknown = children.filter { $0.address == nil }
        guard !unknown.isEmpty else { return }
        // A registry that is not there yet, or is broken, tells nothing: the start has its time
        // limit.
        guard case .registry(let content)? = try? registry.read() else { return }
        for child in unknown {
            guard case .registered(let service) = child.plan.site, let pid = child.pid else {
                continue
            }
            let entry = content.service(service, in: StackPlan.namespace)
            guard let instance = entry?.instances[child.plan.name],
                instance.attributes["pid"] == "\(pid)",
                let host = instance.host, let port = instance.port
            else { continue }
            child.address = SocketAddress(host, port: UInt16(port))
        }
    }

    /// Asks a process whether it is ready, unless it is being asked; calls `ready` if it says so.
    func probe(_ child: Child, _ ready: @escaping () -> Void) {
        guard !child.isProbed, let address = child.address, let pid = child.pid else { return }
        child.isProbed = true
        HTTPProbe.get("/readyz", at: address, on: loop) { status in
            guard child.pid == pid else { return }
            child.isProbed = false
            if status == 200 { ready() }
        }
    }

    /// Asks for something behind each route until all have answered; then calls `healthy`.
    func probeRoutes(_ healthy: @escaping () -> Void) {
        for target in plan.probes where !asked.contains(target) && !answered.contains(target) {
            asked.insert(target)
            HTTPProbe.get(target, at: plan.entry.reachable, on: loop) { [self] status in
                asked.remove(target)
                guard status == 200 else { return }
                answered.insert(target)
                if answered.count == plan.probes.count { healthy() }
            }
        }
    }

    /// The routes without an answer, for a person.
    var missingRoutes: String {
        plan.probes.filter { !answered.contains($0) }.map { "GET \($0)" }.joined(separator: ", ")
    }
}
