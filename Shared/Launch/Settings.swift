/// Every setting of every program here, once. A variable called `FORUM_…` that is none of these
/// stops the start: it is a setting that somebody believes in and nobody reads.
package enum Settings {
    /// The prefix that all settings share.
    package static let prefix = "FORUM_"

    package static let address = Setting.address(
        "FORUM_ADDRESS", "the address to listen on; 0.0.0.0 for all interfaces")
    package static let port = Setting.integer(
        "FORUM_PORT", 0...65_535, "the port to listen on; 0 lets the system choose")
    package static let advertise = Setting.address(
        "FORUM_ADVERTISE", "the address to register, if it is not the one listened on")
    package static let data = Setting.text(
        "FORUM_DATA", "the folder of the store")
    package static let registry = Setting.text(
        "FORUM_REGISTRY", "the registry file; empty: register nowhere")
    package static let instance = Setting.text(
        "FORUM_INSTANCE", "the instance's identifier in the registry")
    package static let adminSecret = Setting.text(
        "FORUM_ADMIN_SECRET", "the secret that bulk loads present", isSecret: true)
    package static let adminSecretFile = Setting.text(
        "FORUM_ADMIN_SECRET_FILE", "a file of mode 0600 that holds that secret")
    package static let internalSecretFile = Setting.text(
        "FORUM_INTERNAL_SECRET_FILE",
        "a file of mode 0600 with the secret that services share; made if it is missing")
    package static let registration = Setting.choice(
        "FORUM_REGISTRATION", ["open", "closed"], "who may register: everybody, or nobody")
    package static let rateLimits = Setting.toggle(
        "FORUM_RATE_LIMITS", "0 lets everybody ask as often as they want")
    package static let loops = Setting.integer(
        "FORUM_LOOPS", 1...64, "event loops, usually one for each core")
    package static let commitRequests = Setting.integer(
        "FORUM_COMMIT_REQUESTS", 1...4_096, "writes that may share one commit; 1: none shares")
    package static let drainMilliseconds = Setting.integer(
        "FORUM_DRAIN_MILLISECONDS", 0...600_000,
        "how long to go on serving after deregistering, before closing")
    package static let finishMilliseconds = Setting.integer(
        "FORUM_FINISH_MILLISECONDS", 0...600_000,
        "how long requests in flight may take to end after that")
    package static let accessLog = Setting.text(
        "FORUM_ACCESS_LOG", "a file for a line per request; - for standard output; empty: none")
    package static let logLevel = Setting.choice(
        "FORUM_LOG_LEVEL", ["debug", "info", "warning", "error"], "what is worth a log line")
    package static let config = Setting.text(
        "FORUM_CONFIG", "the gateway's configuration file")
    package static let publicPort = Setting.integer(
        "FORUM_PUBLIC_PORT", 0...65_535, "read by compose.yaml: the gateway's port on this host")
    package static let monolithPort = Setting.integer(
        "FORUM_MONOLITH_PORT", 0...65_535, "read by compose.yaml: the monolith's port on this host")

    /// The names of all of them.
    package static let names: [String] = [
        address.name, port.name, advertise.name, data.name, registry.name, instance.name,
        adminSecret.name, adminSecretFile.name, internalSecretFile.name, registration.name,
        rateLimits.name, loops.name,
        commitRequests.name, drainMilliseconds.name, finishMilliseconds.name, accessLog.name,
        logLevel.name,
        config.name, publicPort.name, monolithPort.name,
    ]
}
