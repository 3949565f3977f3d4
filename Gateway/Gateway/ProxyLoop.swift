import Bytes
import HTTP
import HTTPClient
import HTTPServer
import Reactor
import Telemetry

/// What the requests of one loop share: where they go, the connections to targets, and who is under
/// way. Confined to its loop; the control plane reaches it by handing work to the loop.
final class ProxyLoop {
    /// A target that cannot be reached is told of at most this often by each loop.
    private static let suspicionMilliseconds: Int64 = 100

    let loop: EventLoop
    /// The loop's number, for counters that each loop keeps for itself.
    let index: Int
    let retries = RetryPolicy()
    let pool: UpstreamPool
    private(set) lazy var log = ProxyLog(self, lines)
    private let lines: AccessLog?
    private let suspect: @Sendable (Target) -> Void
    private let own: Confined<Own>
    private var isHooked = false

    private struct Own: ~Copyable {
        var table: RoutingTable
        var selection: TargetSelection
        var suspectedAt: [ObjectIdentifier: Int64] = [:]
        /// The proxy of each connection with a request under way, by the slot of its token.
        var proxies: [Proxy?] = []
        /// Connections with something to send before the loop waits.
        var unsent: [Connection] = []
    }

    /// The table that new requests go by.
    var table: RoutingTable { own.value.table }
    var selection: TargetSelection {
        _read { yield own.value.selection }
        _modify { yield &own.value.selection }
    }

    /// Made on `loop`. `suspect` is told of targets that could not be reached.
    init(
        _ loop: EventLoop, index: Int, table: RoutingTable, settings: UpstreamSettings,
        metrics: UpstreamMetrics?, log: AccessLog?, suspect: @escaping @Sendable (Target) -> Void
    ) {
        self.loop = loop
        self.index = index
        lines = log
        self.suspect = suspect
        pool = UpstreamPool(loop: loop, settings: settings, metrics: metrics)
        own = Confined(Own(table: table, selection: TargetSelection(loop: index)))
    }

    /// A handler for a new connection.
    func makeProxy(_ listener: ListenerPort) -> Proxy { Proxy(self, listener) }

    // MARK: For the control plane

    /// New requests go by this table from now on.
    func follow(_ table: RoutingTable) { own.value.table = table }

    /// The target has left its group: what waits for further requests to it is closed.
    func retire(_ target: Target) {
        own.value.suspectedAt[ObjectIdentifier(target)] = nil
        pool.closeIdle(target.address)
    }

    /// Ends the requests that are still at `target`.
    func cut(_ target: Target) {
        for proxy in own.value.proxies where proxy?.target === target { proxy?.cutOff() }
    }

    // MARK: For proxies

    /// A request of `proxy`'s connection begins.
    func enter(_ proxy: Proxy, _ token: Token) {
        let slot = Int(token.slot)
        while own.value.proxies.count <= slot { own.value.proxies.append(nil) }
        own.value.proxies[slot] = proxy
    }

    /// The proxy whose connection has `token`, which leaves with the end of its request.
    func leave(_ token: Token) -> Proxy? {
        let slot = Int(token.slot)
        guard slot < own.value.proxies.count else { return nil }
        return own.value.proxies[slot].take()
    }

    func open(
        _ target: Target, fresh: Bool, for proxy: Proxy
    ) throws(UpstreamFailure) -> UpstreamConnection {
        defer { hook() }
        return try pool.open(target.address, fresh: fresh, for: proxy)
    }

    /// What the next hop is told about a request.
    func forwarded(_ connection: Connection, _ listener: ListenerPort) -> ForwardedHeaders {
        let identifier = AmznTrace.Identifier(
            seconds: UInt32(truncatingIfNeeded: loop.wallMilliseconds / 1000),
            high: UInt32(truncatingIfNeeded: loop.nextRandom()), low: loop.nextRandom())
        return ForwardedHeaders(
            peer: connection.peer, port: listener.port,
            trace: connection.requestContext.trace.child(loop.nextRandom()),
            amznTrace: identifier)
    }

    /// Sends what was gathered for `connection` before the loop waits, so that the pieces of one
    /// turn go out together.
    func flushSoon(_ connection: Connection) {
        if own.value.unsent.last !== connection { own.value.unsent.append(connection) }
    }

    /// The target of the last attempt could not be reached: the control plane looks at it at once.
    func suspectLast(of trail: AttemptTrail) {
        guard let target = trail.last?.target else { return }
        let key = ObjectIdentifier(target)
        let last = own.value.suspectedAt[key] ?? .min
        guard last < loop.nowMilliseconds - ProxyLoop.suspicionMilliseconds else { return }
        own.value.suspectedAt[key] = loop.nowMilliseconds
        suspect(target)
    }

    /// The pool reads once more before the loop waits; what that brings must be sent after it, so
    /// this comes behind the pool's own hook.
    private func hook() {
        guard !isHooked else { return }
        isHooked = true
        loop.beforeEachWait { [weak self] in self?.flushUnsent() }
    }

    /// What has been sent may let a target's connection go on, and what that brings is sent, too:
    /// nothing is left for a turn that may be long in coming.
    private func flushUnsent() {
        while !own.value.unsent.isEmpty {
            while let connection = own.value.unsent.popLast() { connection.flush() }
            pool.flush()
        }
    }
}
