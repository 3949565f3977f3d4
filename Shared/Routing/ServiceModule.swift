/// One service as the host sees it: a name, the part of the path it owns, and its table of routes.
package protocol ServiceModule: Sendable {
    /// As in problems and metrics: `users`.
    var name: String { get }
    /// What the paths of this service start with, as a listener rule would say: `/api/users`.
    var prefix: String { get }
    var routes: [Route] { get }
}
