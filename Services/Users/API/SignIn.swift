package import JSON

/// A username and a password, as they were typed.
package struct SignIn: Sendable {
    package let username: String
    package let password: String
}

extension SignIn: JSONDecodable {
    /// Takes any text for both: whoever types a name that nobody can have is told what everybody is
    /// told.
    package init(from fields: inout JSONFields) {
        username = fields.requiredString("username")
        password = fields.requiredString("password")
    }
}
