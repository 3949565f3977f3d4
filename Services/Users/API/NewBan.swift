package import Bytes
package import JSON
package import Routing

/// Why somebody is to be banned, from what, and until when.
package struct NewBan: JSONDecodable, Sendable {
    package let reason: String
    package let reach: Ban.Reach
    /// Nil: until somebody lifts it.
    package let until: Timestamp?

    package init(from fields: inout JSONFields) {
        reason = fields.requiredString("reason", length: UserLimits.reasonCharacters)
        until = fields.optionalTimestamp("until")
        reach = fields.requiredWord("scope", Ban.Reach.self)
        // Passed over, a ban from one category would become one from everything.
        if fields.optionalInteger("category") != nil {
            fields.complain("category", "unsupported", "bans hold in every category")
        }
    }
}
