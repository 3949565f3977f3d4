import Discovery
import Reactor

/// What `forum up` starts, and where it is reached. A value: nothing has been started yet.
struct StackPlan: Equatable, Sendable {
    /// Entry first: it is told to end first, while the others still answer it.
    let processes: [ProcessPlan]
    /// Where clients go.
    let entry: SocketAddress
    /// The gateway's operator port; nil for the monolith, which has none.
    let admin: SocketAddress?
    /// What must be answered through the entry before the stack is called healthy.
    let probes: [String]

    /// The services, by the names of their programs, in the order of the lab's rules.
    static let services = ["users", "topics", "messages"]
    /// What the gateway's configuration looks for.
    static let namespace = "forum.local"

    /// Three services with so many replicas each, behind a gateway.
    static func split(
        _ options: UpOptions, _ folder: DataFolder, entry: SocketAddress, admin: SocketAddress
    ) -> StackPlan {
        var common = shared(folder)
        common["FORUM_ADDRESS"] = "127.0.0.1"
        common["FORUM_PORT"] = "0"
        let replicas = services.flatMap { service in
            (1...(options.replicas[service] ?? 1)).map { number in
                let name = "\(service)-\(number)"
                return ProcessPlan(
                    name: name, executable: "\(options.programs)/\(service)",
                    settings: common.merging(["FORUM_INSTANCE": name]) { $1 },
                    site: .registered(service: service), isEntry: false)
            }
        }
        let gateway = ProcessPlan(
            name: "gateway", executable: "\(options.programs)/gateway",
            settings: [
                "FORUM_CONFIG": folder.gatewayFile, "FORUM_REGISTRY": folder.registryFile,
                "FORUM_ACCESS_LOG": options.accessLog ?? folder.accessLog("gateway"),
            ],
            site: .fixed(admin), isEntry: true)
        return StackPlan(
            processes: [gateway] + replicas, entry: entry, admin: admin,
            probes: ["/api/users?limit=1", "/api/threads?limit=1", "/api/posts?limit=1"])
    }

    /// The same modules in one process on one port.
    static func monolith(
        _ options: UpOptions, _ folder: DataFolder, entry: SocketAddress
    ) -> StackPlan {
        var settings = shared(folder)
        settings["FORUM_ADDRESS"] = entry.host
        settings["FORUM_PORT"] = "\(entry.port)"
        settings["FORUM_INSTANCE"] = "monolith-1"
        settings["FORUM_ACCESS_LOG"] = options.accessLog ?? folder.accessLog("monolith")
        let monolith = ProcessPlan(
            name: "monolith", executable: "\(options.programs)/monolith", settings: settings,
            site: .fixed(entry), isEntry: true)
        return StackPlan(
            processes: [monolith], entry: entry, admin: nil, probes: ["/api/users?limit=1"])
    }

    private static func shared(_ folder: DataFolder) -> [String: String] {
        [
            "FORUM_DATA": folder.path, "FORUM_REGISTRY": folder.registryFile,
            "FORUM_ACCESS_LOG": "",
        ]
    }
}
