package import Bytes
package import JSON
package import UsersAPI

/// What is to change of a category, or what a new one is made of: nil leaves a member, or makes it
/// as usual.
package struct CategoryPatch: Equatable, Sendable {
    package let slug: String?
    package let name: String?
    package let description: String?
    package let color: String?
    package let parent: JSONPatch<ID<Category>>
    package let permissions: PermissionsPatch?
    package let moderators: [ID<User>]?
}

extension CategoryPatch: JSONDecodable {
    package init(from fields: inout JSONFields) {
        slug = fields.patchString("slug", length: 1...TopicLimits.slugCharactersMax)
        name = fields.patchString("name", length: TopicLimits.categoryNameCharacters)
        description = fields.patchString(
            "description", length: TopicLimits.categoryDescriptionCharacters)
        color = fields.patchString("color", length: 4...7)
        parent = fields.patchIDOrNull("parent", as: Category.self)
        permissions = fields.patchObject("permissions", as: PermissionsPatch.self)
        moderators = fields.optionalIDs(
            "moderators", as: User.self, count: 0...TopicLimits.categoryModeratorsMax)
        if let color, !CategoryPatch.isColor(color) {
            fields.complain("color", "not-a-color", "such as #888 or #80a0c0")
        }
    }

    private static func isColor(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "#") && (digits.count == 3 || digits.count == 6)
            && digits.allSatisfy { ASCII.isDigit($0) || ($0 | 0x20) &- 0x61 < 6 }
    }
}
