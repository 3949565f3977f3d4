/// Who stands at the door of a route.
enum Visitor: Sendable {
    /// Nobody in particular.
    case stranger
    case caller(Caller)
    /// Whoever presents the admin secret.
    case `operator`
}
