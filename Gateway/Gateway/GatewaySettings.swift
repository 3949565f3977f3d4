package import Launch
import Reactor

/// The settings of the gateway process, read and checked before anything is opened.
package struct GatewaySettings: Sendable {
    /// The configuration file.
    package var file: String
    /// Empty: nothing is discovered.
    package var registryPath: String
    package var loops: Int
    package var drainMilliseconds: Int
    package var finishMilliseconds: Int
    package var accessLog: String
    package var logLevel: String

    /// Reads the settings; what is wrong is noted in `environment`.
    package init(_ environment: inout Environment) {
        file = environment.read(Settings.config, default: "docker/gateway.json")
        registryPath = environment.read(Settings.registry, default: "")
        loops = environment.read(Settings.loops, default: EventLoopGroup.coreCount)
        drainMilliseconds = environment.read(Settings.drainMilliseconds, default: 1_000)
        finishMilliseconds = environment.read(Settings.finishMilliseconds, default: 10_000)
        accessLog = environment.read(Settings.accessLog, default: "")
        logLevel = environment.read(Settings.logLevel, default: "info")
    }
}
