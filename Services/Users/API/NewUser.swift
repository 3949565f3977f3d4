package import JSON

/// What it takes to make a user.
package struct NewUser: Equatable, Sendable {
    package let username: String
    package let name: String
    package let bio: String

    package init(username: String, name: String, bio: String = "") {
        self.username = username
        self.name = name
        self.bio = bio
    }
}

extension NewUser: JSONDecodable {
    /// Without `name` a user is called by the username; without `bio` there is none.
    package init(from fields: inout JSONFields) {
        username = fields.requiredString("username", length: UserLimits.usernameCharacters)
        name =
            fields.optionalString("name", length: UserLimits.nameCharacters) ?? username
        bio = fields.optionalString("bio", length: UserLimits.bioCharacters) ?? ""
        if !username.utf8.allSatisfy(UserLimits.isUsernameByte) {
            fields.complain(
                "username", "invalid-characters", "only the letters A-Z a-z 0-9 _ . - may be used")
        }
    }
}
