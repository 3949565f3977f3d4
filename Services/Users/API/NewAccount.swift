package import JSON

/// What it takes to register: a user and a password.
package struct NewAccount: Sendable {
    package let user: NewUser
    /// As it was typed.
    package let password: String
    package let email: String?
    /// The one-time token that makes the first admin, or opens a closed registration.
    package let invite: String?
}

extension NewAccount: JSONDecodable {
    /// Whether a password will do is asked later, where its rules are.
    package init(from fields: inout JSONFields) {
        user = NewUser(from: &fields)
        password = fields.requiredString("password")
        email = fields.optionalString("email", length: UserLimits.emailCharacters)
        invite = fields.optionalString("invite", length: UserLimits.tokenCharacters)
        if let email, !UserLimits.isEmail(email) { fields.complainOfEmail() }
    }
}

extension JSONFields {
    /// The complaint of an address that mail cannot be sent to.
    mutating func complainOfEmail() {
        complain("email", "not-an-address", "an address such as alma@example.org")
    }
}
