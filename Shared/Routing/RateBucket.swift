/// What is counted together: requests of one bucket share a quota, whatever their path.
package enum RateBucket: String, Sendable, CaseIterable {
    /// Anything from one place.
    case ip
    /// Attempts to sign in.
    case login
    /// New accounts.
    case register
    case post
    case thread
    /// Reactions, bookmarks, votes, flags.
    case react
    /// Private messages.
    case message
    case search
    case upload
    /// Loads and exports.
    case bulk
}
