package import Bytes
import JSON

/// One running copy of a service, as Cloud Map describes it: an identifier and attributes.
package struct Instance: Equatable, Sendable {
    /// The health an operator or the instance itself has set.
    package enum CustomHealth: String, Sendable {
        case healthy = "HEALTHY", unhealthy = "UNHEALTHY"
    }

    package let id: String
    package var attributes: [String: String]
    package var customHealth: CustomHealth
    package var registeredAt: Timestamp?
    /// When the lease was last renewed; nil for entries made by hand, which never expire.
    package var renewedAt: Timestamp?
    /// Members of the file that this version does not know, kept as they are.
    var unknown: [JSONObject.Member] = []

    /// An instance at an IPv4 address and port, with further attributes.
    package init(id: String, host: String, port: Int, attributes: [String: String] = [:]) {
        self.id = id
        self.attributes = attributes
        self.attributes[Instance.hostAttribute] = host
        self.attributes[Instance.portAttribute] = String(port)
        customHealth = .healthy
    }

    /// As read from a file.
    init(id: String, attributes: [String: String], customHealth: CustomHealth) {
        self.id = id
        self.attributes = attributes
        self.customHealth = customHealth
    }

    /// Cloud Map's reserved attribute for the IPv4 address.
    package static let hostAttribute = "AWS_INSTANCE_IPV4"
    /// Cloud Map's reserved attribute for the port.
    package static let portAttribute = "AWS_INSTANCE_PORT"

    /// The IPv4 address as text.
    package var host: String? { attributes[Instance.hostAttribute] }
    /// The port, if it is one.
    package var port: Int? {
        attributes[Instance.portAttribute].flatMap(Int.init).flatMap {
            (1...65_535).contains($0) ? $0 : nil
        }
    }

    /// Whether the lease was not renewed for so long that the process must be gone.
    package func isExpired(now: Timestamp) -> Bool {
        guard let renewedAt else { return false }
        return now.milliseconds - renewedAt.milliseconds > RegistryLimits.leaseMilliseconds
    }
}
