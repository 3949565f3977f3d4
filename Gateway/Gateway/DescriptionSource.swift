/// Where a target group describes its own part of the API (OpenAPI).
package struct DescriptionSource: Sendable, Hashable {
    /// The name of the group.
    package let targetGroup: String
    /// The path at any of its targets.
    package let path: String

    package init(targetGroup: String, path: String) {
        self.targetGroup = targetGroup
        self.path = path
    }
}
