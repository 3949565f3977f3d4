package import JSON
package import Routing

/// The roles that somebody is to have; the highest counts, none is that of a member.
package struct RoleChange: JSONDecodable, Sendable {
    package let role: Role

    package init(from fields: inout JSONFields) {
        let roles = fields.requiredWords("roles", Role.self, count: 0...Role.allCases.count)
        if roles.contains(.guest) {
            fields.complain("roles", "unknown-value", "a guest is who has no account")
        }
        role = max(roles.max() ?? .member, .member)
    }
}
