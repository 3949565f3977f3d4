package import JSON

/// A refresh token that is to be changed for new ones.
package struct RefreshRequest: JSONDecodable, Sendable {
    package let refreshToken: String

    package init(from fields: inout JSONFields) {
        refreshToken = fields.requiredString("refreshToken", length: UserLimits.tokenCharacters)
    }
}
