import HTTP
package import JSON

/// What is asked of every request to a route before its handler is called, and what is added to
/// its answers: declared once, beside the path.
package struct RouteRules: Sendable {
    /// Who is answered.
    package var access = Access.anyone
    /// Whether a request without If-Match is answered with 428.
    package var needsMatch = false
    /// What its requests are counted as; nil: they are not.
    package var bucket: RateBucket?
    /// What becomes of a POST that comes twice with one Idempotency-Key.
    package var repetition = Repetition.repeatable

    /// The services whose records are part of the answers, as the wire calls them.
    package var sources: [String] = []
    /// What is known of some of these: that they are part of some answers only.
    var parts: [SourcePart] = []

    /// What it is for; nil if nobody said.
    package var documentation: RouteDocumentation?

    /// Whether a request passes unasked that brings none of the fields that rules are about.
    var isOpen: Bool { access == .anyone && !needsMatch && bucket == nil && sources.isEmpty }

    /// Whether the answer to `head` is made from `source`. A query that cannot be read asks for
    /// everything.
    func reads(_ source: String, for head: RequestHead) -> Bool {
        guard let part = parts.first(where: { $0.source == source }) else { return true }
        return (try? part.isAsked(by: QueryParameters(head))) ?? true
    }
}

// The declarations of a route: each returns it with one more rule.
extension Route {
    /// Answers only `access`: 401 and 403 for others, before the body is read.
    ///
    ///     .post("/api/threads", create).by(.member("threads:write"))
    package func by(_ access: Access) -> Route { with { $0.access = access } }

    /// Answers 428 without If-Match (RFC 6585 §3); the handler compares, see `Request.match`.
    package func needsIfMatch() -> Route { with { $0.needsMatch = true } }

    /// Counts the requests of each caller, or of each address where there is none, in `bucket`; 429
    /// beyond its quota. The operator is not counted.
    ///
    ///     .post("/api/threads", create).by(.member("threads:write")).limited(.thread)
    package func limited(_ bucket: RateBucket) -> Route { with { $0.bucket = bucket } }

    /// Says what the answers are made from beside the service's own records: when one of these is
    /// behind, the answer says so in Forum-Staleness.
    ///
    ///     .get("/api/threads", list).reads("users", "posts")
    package func reads(_ sources: String...) -> Route { with { $0.sources += sources } }

    /// The same of one source that is shown in `members` of `Record` alone. Whoever chooses others,
    /// by `fields=` or `view=card`, is told nothing of it, unless their query has one of `choices`:
    /// those by which the source decides what is in a list, and in which order.
    ///
    ///     .reads("posts", as: ["replyCount"], of: Thread.self, orFor: [.init("sort", "activity")])
    package func reads<Record: JSONRecord>(
        _ source: String, as members: [StaticString], of type: Record.Type,
        orFor choices: [QueryChoice] = []
    ) -> Route {
        with {
            $0.sources.append(source)
            $0.parts.append(SourcePart(source, members, of: type, choices))
        }
    }

    func with(_ change: (inout RouteRules) -> Void) -> Route {
        var route = self
        change(&route.rules)
        return route
    }
}
