package import HTTP
package import HTTPServer
package import Reactor

/// The open listeners, one server for each slot of the routing table.
package actor ListenerSet {
    private let group: EventLoopGroup
    private let loops: ProxyLoops
    private let limits: HTTPLimits
    private let metrics: ServerMetrics
    private let finishMilliseconds: Int64
    private var servers: [Int: HTTPServer] = [:]

    /// `finishMilliseconds` is the time that requests of a closed listener have to end.
    package init(
        group: EventLoopGroup, loops: ProxyLoops, limits: HTTPLimits, metrics: ServerMetrics,
        finishMilliseconds: Int64
    ) {
        self.group = group
        self.loops = loops
        self.limits = limits
        self.metrics = metrics
        self.finishMilliseconds = finishMilliseconds
    }

    /// Opens those of `listeners` that are not open yet. Fails with none of them opened.
    package func open(_ listeners: [Listener], slots: [Int]) async throws(SystemError) {
        var opened: [Int: HTTPServer] = [:]
        for (listener, slot) in zip(listeners, slots) where servers[slot] == nil {
            do throws(SystemError) {
                opened[slot] = try await open(listener, slot: slot)
            } catch {
                for server in opened.values { await close(server) }
                throw error
            }
        }
        servers.merge(opened) { first, _ in first }
    }

    /// Closes every listener that is in none of `slots`; requests under way end by themselves.
    package func keep(_ slots: Set<Int>) {
        for (slot, server) in servers where !slots.contains(slot) {
            servers[slot] = nil
            Task { await close(server) }
        }
    }

    /// Where it listens now, in the order of slots.
    package var addresses: [SocketAddress] {
        servers.sorted { $0.key < $1.key }.map(\.value.address)
    }

    /// Each answer from now on is the last of its connection.
    package func announceClose() { for server in servers.values { server.announceClose() } }

    /// Takes no new connections.
    package func stopListening() async {
        for server in servers.values { await server.stopListening() }
    }

    /// Lets requests end for `milliseconds`, then cuts what is left; answers how many were cut.
    package func finish(withinMilliseconds milliseconds: Int64) async -> Int {
        let ends = servers.values.map { server in
            Task { await server.finish(withinMilliseconds: milliseconds) }
        }
        var cut = 0
        for end in ends { cut += await end.value }
        return cut
    }

    private func open(_ listener: Listener, slot: Int) async throws(SystemError) -> HTTPServer {
        guard let address = SocketAddress(listener.address, port: listener.port) else {
            preconditionFailure("the configuration was checked")
        }
        let port = ListenerPort(slot: slot, port: listener.port)
        let loops = loops
        let server = try await HTTPServer(
            on: address, group: group, limits: limits, metrics: metrics
        ) { loop in
            let proxies = loops.on(loop)
            return HTTPServer.LoopParts(log: proxies.log) { proxies.makeProxy(port) }
        }
        port.becomes(server.address.port)
        return server
    }

    private func close(_ server: HTTPServer) async {
        server.announceClose()
        await server.stopListening()
        _ = await server.finish(withinMilliseconds: finishMilliseconds)
    }
}
