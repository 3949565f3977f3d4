/// What an API token must have been given to be let in: `threads:write`. A session needs none.
package struct Scope: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As tokens and documents name it; nil for `session`.
    package let name: String?

    /// A scope of that name.
    package init(stringLiteral name: String) { self.name = name }

    private init() { name = nil }

    /// No API token is let in, whatever its scopes: passwords, tokens, and the like.
    package static let session = Scope()
}
