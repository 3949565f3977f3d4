package import Reactor

/// What the control plane asks of those who move the bytes.
package protocol DataPlane: Sendable {
    /// Requests that begin from now on go by `table`.
    func follow(_ table: RoutingTable)
    /// `target` has left its group; requests under way at it go on.
    func retire(_ target: Target)
    /// Requests still under way at `target` end now.
    func cut(_ target: Target)
}

/// The proxies of all loops.
package struct ProxyLoops: DataPlane {
    package let loops: [LoopBound<ProxyLoop>]

    package init(_ loops: [LoopBound<ProxyLoop>]) { self.loops = loops }

    package func follow(_ table: RoutingTable) {
        for loop in loops { loop.execute { $0.follow(table) } }
    }

    package func retire(_ target: Target) {
        for loop in loops { loop.execute { $0.retire(target) } }
    }

    package func cut(_ target: Target) {
        for loop in loops { loop.execute { $0.cut(target) } }
    }
}
