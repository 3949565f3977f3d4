package import Bytes
package import JSON

/// What a program is to be allowed, and how long.
package struct NewAPIToken: JSONDecodable, Sendable {
    package let name: String
    package let scopes: [String]
    package let expiresAt: Timestamp?

    package init(from fields: inout JSONFields) {
        name = fields.requiredString("name", length: UserLimits.nameCharacters)
        scopes = fields.requiredStrings("scopes", count: UserLimits.scopes)
        expiresAt = fields.optionalTimestamp("expiresAt")
        for (index, scope) in scopes.enumerated() where !UserLimits.isScope(scope) {
            fields.complain(
                "scopes/\(index)", "unknown-value",
                "users, threads or posts, a colon, and what is allowed, such as posts:write")
        }
    }
}
