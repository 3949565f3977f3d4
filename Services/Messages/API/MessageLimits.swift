/// Every maximum of a message, with its reason.
package enum MessageLimits {
    /// Something is said, in at most some ten printed pages.
    package static let textCharacters = 1...32_000
}
