/// Every maximum of the registry, with its reason. The lengths are Cloud Map's own quotas.
package enum RegistryLimits {
    /// A lease is renewed this often: seldom enough to cost nothing, often enough to survive two
    /// missed turns.
    package static let renewMilliseconds: Int64 = 10_000
    /// A lease not renewed for this long has no owner any more.
    package static let leaseMilliseconds: Int64 = 35_000
    /// How often the file's content is looked at even if nothing was told: bind mounts tell
    /// nothing.
    package static let pollMilliseconds: Int32 = 1_000
    /// A registry beyond this is not one: a thousand instances take half a megabyte.
    package static let fileBytesMax = 16 * 1024 * 1024
    /// How long a writer waits for the others' lock before it says so.
    package static let lockMilliseconds = 5_000
    package static let instanceIDCharactersMax = 64
    package static let serviceNameCharactersMax = 127
    package static let namespaceNameCharactersMax = 1024
    package static let attributesMax = 30
    package static let attributeKeyCharactersMax = 255
    package static let attributeValueCharactersMax = 1024
    /// All keys and values of an instance together.
    package static let attributesCharactersMax = 5_000
    /// Instances of one service.
    package static let instancesMax = 1_000
    /// What every reader of JSON keeps exactly; a file with more was not written by us.
    static let revisionMax: Int64 = 1 << 53
}
