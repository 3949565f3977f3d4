package import HTTPClient
package import Reactor
package import Telemetry

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
    private let loops: [LoopBound<ProxyLoop>]

    /// Makes a `ProxyLoop` on each loop of `group`, all following `table`. `suspect` is told of
    /// targets that could not be reached; `accessLog` is nil where none is wanted.
    package init(
        _ group: EventLoopGroup, following table: RoutingTable,
        settings: UpstreamSettings = ProxyLoops.usualSettings, metrics: UpstreamMetrics? = nil,
        accessLog: AccessLogFile? = nil, suspect: @escaping @Sendable (Target) -> Void
    ) async {
        var loops: [LoopBound<ProxyLoop>] = []
        for (index, loop) in group.loops.enumerated() {
            let bound = await withCheckedContinuation { done in
                loop.execute {
                    let proxies = ProxyLoop(
                        loop, index: index, table: table, settings: settings, metrics: metrics,
                        log: accessLog.map { AccessLog(file: $0) }, suspect: suspect)
                    done.resume(returning: LoopBound(proxies, on: loop))
                }
            }
            loops.append(bound)
        }
        self.loops = loops
    }

    /// A connection on its way holds its sender back after one read, so that a body that may have
    /// to go to another target is still here.
    package static var usualSettings: UpstreamSettings {
        var settings = UpstreamSettings()
        settings.outboundBytesHigh = ProxiedExchange.keptBytesMax / 2
        return settings
    }

    package func follow(_ table: RoutingTable) {
        for loop in loops { loop.execute { $0.follow(table) } }
    }

    package func retire(_ target: Target) {
        for loop in loops { loop.execute { $0.retire(target) } }
    }

    package func cut(_ target: Target) {
        for loop in loops { loop.execute { $0.cut(target) } }
    }

    /// The proxies of `loop`, for callers that are on it.
    func on(_ loop: EventLoop) -> ProxyLoop {
        guard let bound = loops.first(where: { $0.loop === loop }) else {
            preconditionFailure("a listener uses the loops of its gateway")
        }
        return bound.here
    }

    /// Writes the access lines that wait for more of them.
    package func flushLogs() async {
        for loop in loops {
            await withCheckedContinuation { done in
                loop.execute {
                    $0.log.flush()
                    done.resume()
                }
            }
        }
    }
}
