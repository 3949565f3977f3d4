/// What a projector says of itself, or what this process knows of the one in another process.
package struct ProjectorFigures: Equatable, Sendable {
    /// Which service it follows.
    package let source: String
    /// How far it has come; -1 while a snapshot is being copied.
    package let position: Int64
    /// How far the source had come when it was last heard; 0 if it never was.
    package let head: Int64
    /// Seconds since it was last known to be up to date; 0 while it is fresh.
    package let lagSeconds: Int
    /// Whether the latest attempt to reach the source succeeded.
    package let isReachable: Bool
    /// Whether this process is the one that projects.
    package let isHolder: Bool
    /// Events and rows applied by this process.
    package let applied: Int
    /// Snapshots begun by this process.
    package let rebuilds: Int
    /// Attempts that failed, refused pages included.
    package let failures: Int
    /// Pages refused because they cannot be what they claim to be.
    package let refusedPages: Int
    /// The latest failure as one line; nil once an attempt has succeeded.
    package let failure: String?
}
