package import HTTP
package import HTTPClient
import HTTPServer
package import Reactor
package import Telemetry

/// The gateway without files and signals: listeners, proxies on every loop, and the control plane
/// above them.
package actor RunningGateway {
    /// What a gateway is made of beside its configuration.
    package struct Parts: Sendable {
        package let group: EventLoopGroup
        package var metrics = Metrics()
        package var accessLog: AccessLogFile?
        package var limits = HTTPLimits()
        package var upstream = ProxyLoops.usualSettings
        package var finishMilliseconds = 10_000
        package var clock: any Clock<Duration> = ContinuousClock()
        /// How targets are probed; nil for real connections.
        package var probe: HealthChecker.Probe?
        /// How targets are asked what they say of their API; nil for real connections.
        package var describe: DescriptionReader?
        package var report: @Sendable (ControlPlane.Event) -> Void = { _ in }

        package init(group: EventLoopGroup) { self.group = group }
    }

    package nonisolated let control: ControlPlane
    package nonisolated let listeners: ListenerSet
    private let loops: ProxyLoops
    private var slots: ListenerSlots

    /// Probes the targets, routes to them, and listens. Fails, with nothing left open, if a port is
    /// taken.
    package init(
        _ configuration: GatewayConfiguration, instances: ControlPlane.Instances = [:],
        parts: Parts
    ) async throws(SystemError) {
        var slots = ListenerSlots()
        let places = slots.assign(configuration.listeners)
        self.slots = slots
        let control = ControlPlane(
            configuration, slots: places, loops: parts.group.loops.count, metrics: parts.metrics,
            clock: parts.clock, report: parts.report)
        self.control = control
        loops = await ProxyLoops(
            parts.group, following: await control.table, settings: parts.upstream,
            metrics: UpstreamMetrics(parts.metrics), accessLog: parts.accessLog
        ) { target in
            Task { await control.suspect(target) }
        }
        listeners = ListenerSet(
            group: parts.group, loops: loops, limits: parts.limits,
            metrics: ServerMetrics(parts.metrics),
            finishMilliseconds: Int64(parts.finishMilliseconds))
        let probe = parts.probe ?? HealthChecker.socketProbe(on: parts.group.loops[0])
        let describe = parts.describe ?? SocketDescriptions.reader(on: parts.group.loops[0])
        await control.start(instances, traffic: loops, probe: probe, describe: describe)
        do throws(SystemError) {
            try await listeners.open(configuration.listeners, slots: places)
        } catch {
            await control.stop()
            throw error
        }
    }

    /// Follows a new configuration. Connections and the health of targets live on; if a new
    /// listener cannot be opened, nothing changes.
    package func apply(_ configuration: GatewayConfiguration) async throws(SystemError) {
        let places = slots.assign(configuration.listeners)
        try await listeners.open(configuration.listeners, slots: places)
        await control.apply(configuration, slots: places)
        await listeners.keep(Set(places))
    }

    /// Each answer from now on is the last of its connection.
    package func announceClose() async { await listeners.announceClose() }

    /// Takes no more connections, lets requests end for `milliseconds`, cuts what is left; answers
    /// how many.
    package func finish(withinMilliseconds milliseconds: Int64) async -> Int {
        await listeners.stopListening()
        let cut = await listeners.finish(withinMilliseconds: milliseconds)
        await control.stop()
        await loops.flushLogs()
        return cut
    }
}
