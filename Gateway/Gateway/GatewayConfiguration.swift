package import HTTPClient

/// The gateway's whole configuration, checked: what its file says in AWS's words.
package struct GatewayConfiguration: Sendable, Hashable {
    /// Where the operator's port listens.
    package struct Admin: Sendable, Hashable {
        /// Loopback unless told otherwise: the port shows addresses and needs no password.
        package var address = "127.0.0.1"
        /// 0 asks the system for any free port.
        package var port: UInt16

        package init(port: UInt16) { self.port = port }
    }

    package var listeners: [Listener]
    package var targetGroups: [TargetGroup]
    /// Nil for no operator's port.
    package var admin: Admin?
    /// How long the gateway waits for a target.
    package var timeouts = UpstreamTimeouts()

    package init(listeners: [Listener], targetGroups: [TargetGroup], admin: Admin? = nil) {
        self.listeners = listeners
        self.targetGroups = targetGroups
        self.admin = admin
    }

    /// What the `reference` rules of all listeners show, each once.
    package var references: [[DescriptionSource]] {
        var found: [[DescriptionSource]] = []
        for case .reference(let sources) in listeners.flatMap({ $0.rules.map(\.action) })
        where !found.contains(sources) {
            found.append(sources)
        }
        return found
    }
}
