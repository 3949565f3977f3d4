package import JSON

/// What somebody who leaves has to show: the password, as it was typed.
package struct Farewell: JSONDecodable, Sendable {
    package let password: String

    package init(from fields: inout JSONFields) {
        password = fields.requiredString("password")
    }
}
