package import JSON

/// What somebody wants to be called from now on.
package struct NewUsername: JSONDecodable, Sendable {
    package let username: String

    package init(from fields: inout JSONFields) {
        username = fields.requiredString("username", length: UserLimits.usernameCharacters)
        if !username.utf8.allSatisfy(UserLimits.isUsernameByte) {
            fields.complain(
                "username", "invalid-characters", "only the letters A-Z a-z 0-9 _ . - may be used")
        }
    }
}
