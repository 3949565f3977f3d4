import Bytes
import Discovery
import HTTP
import HTTPClient
import Reactor
import Synchronization

/// Where the services of other processes are, by the registry file. Asked anew for each request, so
/// that a service may move, come and go.
final class Neighbours: Sendable {
    private let registry: RegistryFile
    private let pool: LoopBound<UpstreamPool>
    private let experiences = Mutex<[String: NeighbourTransport.Experience]>([:])

    /// Requests go out on `loop`.
    init(_ registry: RegistryFile, on loop: EventLoop) {
        self.registry = registry
        pool = LoopBound(UpstreamPool(loop: loop), on: loop)
    }

    /// Nobody in the registry offers what was wanted.
    struct Missing: Error, CustomStringConvertible {
        let wire: String
        var description: String { "no instance of \(wire) is in the registry yet" }
    }

    /// The services that answer for a part of the wire, the first that is there: its own, or the
    /// monolith.
    private static func services(of wire: String) -> [String] {
        switch wire {
        case "threads": ["topics", "monolith"]
        case "posts": ["messages", "monolith"]
        default: [wire, "monolith"]
        }
    }

    /// A way to whichever instance answers of what the wire calls `wire`.
    func transport(to wire: String) throws -> any HTTPTransport {
        guard case .registry(let registry) = try registry.read() else {
            throw Missing(wire: wire)
        }
        for service in Neighbours.services(of: wire) {
            let found = registry.discover(
                service, in: HostSettings.namespace, health: .healthyOrElseAll, now: .now())
            let addresses = found.compactMap(\.address)
            if addresses.isEmpty { continue }
            return NeighbourTransport(
                addresses: addresses, pool: pool, experience: experience(of: service))
        }
        throw Missing(wire: wire)
    }

    private func experience(of service: String) -> NeighbourTransport.Experience {
        experiences.withLock { experiences in
            if let known = experiences[service] { return known }
            let new = NeighbourTransport.Experience()
            experiences[service] = new
            return new
        }
    }

    /// Whether somebody in the registry offers what the wire calls `wire`.
    func knows(_ wire: String) -> Bool {
        // A registry that cannot be read offers nothing now.
        (try? transport(to: wire)) != nil
    }

    /// Closes what is kept open, at the end.
    func close() { pool.execute { $0.closeIdle() } }
}

extension Instance {
    /// Where it listens; nil for an entry without a usable address.
    fileprivate var address: SocketAddress? {
        guard let host, let port, let number = UInt16(exactly: port) else { return nil }
        return SocketAddress(host, port: number)
    }
}
