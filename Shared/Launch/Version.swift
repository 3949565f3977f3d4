/// The version of everything in this package.
package enum Version {
    /// As in the changelog.
    package static let text = "0.1.0"
}
