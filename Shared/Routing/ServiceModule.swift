/// One service as the host sees it: a name, the part of the path it owns, and its table of routes.
package protocol ServiceModule: Sendable {
    /// As in problems and metrics: `users`.
    var name: String { get }
    /// What the paths of this service start with, as a listener rule would say: `/api/users`.
    var prefix: String { get }
    var routes: [Route] { get }
    /// How far this service has followed the others; nil if it follows nobody.
    var progress: (any SourceProgress)? { get }
}

extension ServiceModule {
    /// Follows nobody.
    package var progress: (any SourceProgress)? { nil }
}
