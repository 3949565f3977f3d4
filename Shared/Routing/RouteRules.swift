/// What is asked of every request to a route before its handler is called, and what is added to
/// its answers: declared once, beside the path.
package struct RouteRules: Sendable {
    /// Who is answered.
    package var access = Access.anyone
    /// Whether a request without If-Match is answered with 428.
    package var needsMatch = false
    /// What becomes of a POST that comes twice with one Idempotency-Key.
    package var repetition = Repetition.repeatable

    /// Whether a request without Authorization passes unasked.
    var isOpen: Bool { access == .anyone && !needsMatch }
}

// The declarations of a route: each returns it with one more rule.
extension Route {
    /// Answers only `access`: 401 and 403 for others, before the body is read.
    ///
    ///     .post("/api/threads", create).by(.member("threads:write"))
    package func by(_ access: Access) -> Route { with { $0.access = access } }

    /// Answers 428 without If-Match (RFC 6585 §3); the handler compares, see `Request.match`.
    package func needsIfMatch() -> Route { with { $0.needsMatch = true } }

    func with(_ change: (inout RouteRules) -> Void) -> Route {
        var route = self
        change(&route.rules)
        return route
    }
}
