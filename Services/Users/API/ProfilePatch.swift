package import JSON

/// What somebody changes of a profile: a merge patch (RFC 7396).
package struct ProfilePatch: Sendable {
    package let name: String?
    package let bio: JSONPatch<String>
    package let location: JSONPatch<String>
    package let website: JSONPatch<String>
    package let signature: JSONPatch<String>
    package let email: JSONPatch<String>

    /// What `user` becomes; a text that was removed is empty. The email lies elsewhere.
    package func apply(to user: inout User) {
        if let name { user.name = name }
        user.bio = bio.applied(to: user.bio) ?? ""
        user.location = location.applied(to: user.location) ?? ""
        user.website = website.applied(to: user.website) ?? ""
        user.signature = signature.applied(to: user.signature) ?? ""
    }
}

extension ProfilePatch: JSONDecodable {
    package init(from fields: inout JSONFields) {
        name = fields.patchString("name", length: UserLimits.nameCharacters)
        bio = fields.patchStringOrNull("bio", length: UserLimits.bioCharacters)
        location = fields.patchStringOrNull("location", length: UserLimits.locationCharacters)
        website = fields.patchStringOrNull("website", length: UserLimits.websiteCharacters)
        signature = fields.patchStringOrNull("signature", length: UserLimits.signatureCharacters)
        email = fields.patchStringOrNull("email", length: UserLimits.emailCharacters)
        if case .set(let text) = email, !UserLimits.isEmail(text) { fields.complainOfEmail() }
        if case .set(let text) = website, !UserLimits.isWebsite(text) {
            fields.complain("website", "not-an-address", "an address that starts with https://")
        }
    }
}
