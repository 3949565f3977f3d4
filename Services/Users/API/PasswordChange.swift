package import JSON

/// The password somebody has, and the one that is to follow it, as they were typed.
package struct PasswordChange: JSONDecodable, Sendable {
    package let current: String
    package let new: String

    package init(from fields: inout JSONFields) {
        current = fields.requiredString("current")
        new = fields.requiredString("new")
    }
}
