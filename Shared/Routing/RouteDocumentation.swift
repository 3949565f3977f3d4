package import HTTP
package import JSON

/// What a reader of the API wants to know of a route beyond its rules.
package struct RouteDocumentation: Sendable {
    /// One sentence, without the method and the path.
    package let summary: String
    /// The message in the body; nil for a body of another kind, or none.
    package let takes: (any JSONDecodable.Type)?
    /// Whether the message may be left out.
    package let needsBody: Bool
    package let answer: RouteAnswer
    /// The status of the usual success.
    package let status: Status
    /// Further statuses that the rules of the route do not imply.
    package let also: [Status]
    package let query: [QueryDocumentation]
    /// What stands for the names that its path captures.
    var names: [String: String] = [:]
}

/// What a route answers when all goes well.
package enum RouteAnswer: Sendable {
    case nothing
    case one(any JSONRecord.Type)
    case list(any JSONRecord.Type)
    /// A list without pages: all there are, or the first of them.
    case all(any JSONRecord.Type)
    /// Bytes of this type, such as `text/plain` or `application/x-ndjson`.
    case content(String)
}

extension Route {
    /// Says what the route is for, what it takes and what it answers: the part of its description
    /// that its rules do not say. Without `status` a POST that answers a record says 201, a route
    /// that answers nothing 204, all others 200.
    ///
    ///     .post("/api/threads", create).by(.member("threads:write")).limited(.thread)
    ///         .documented(
    ///             "Opens a thread", takes: NewTopic.self, answers: .one(Topic.self),
    ///             also: [.accepted, .notFound])
    package func documented(
        _ summary: String, takes: (any JSONDecodable.Type)? = nil, needsBody: Bool = true,
        answers answer: RouteAnswer = .nothing, status: Status? = nil, also: [Status] = [],
        query: [QueryDocumentation] = []
    ) -> Route {
        let usual: Status =
            switch answer {
            case .nothing: .noContent
            case .one where method == .post: .created
            case .one, .list, .all, .content: .ok
            }
        return with {
            $0.documentation = RouteDocumentation(
                summary: summary, takes: takes, needsBody: needsBody, answer: answer,
                status: status ?? usual, also: also, query: query)
        }
    }
}
