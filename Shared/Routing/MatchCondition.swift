import HTTP
package import JSON

/// How a request's If-Match relates to the current state of what it wants to change.
package enum IfMatch: Equatable, Sendable {
    /// The client sent none.
    case absent
    case holds
    /// The client knows an older state: 412.
    case fails
}

/// The If-Match of a request, taken out of it so that a transaction can judge by it.
///
///     let match = request.match()
///     try await store.write { transaction in
///         let post = try …
///         try match.require(post.etag, current: .string(post.text))
package struct MatchCondition: Sendable {
    private enum Known {
        case nothing
        case anything
        /// The strong tags, up to a `~`.
        case tags([String])
    }

    private let known: Known

    private init(_ known: Known) { self.known = known }

    init(known tags: [String]) { known = .tags(tags) }

    /// No condition: everything holds.
    package static let none = MatchCondition(.nothing)
    /// `*`: whatever the thing is, if it is there.
    package static let anything = MatchCondition(.anything)

    /// Compares strongly, and only up to a `~`.
    package func verdict(_ etag: ETag) -> IfMatch {
        switch known {
        case .nothing: return .absent
        case .anything: return .holds
        case .tags(let tags):
            let own = ETag.ownPart(of: etag.text)
            return tags.contains { $0 == own } ? .holds : .fails
        }
    }

    /// Throws 412 unless the condition holds or there is none. The answer carries the current tag
    /// and, with `current`, what a client needs to merge its edit, as the member `current`.
    package func require(
        _ etag: ETag, current: @autoclosure () -> JSONValue? = nil
    ) throws(APIError) {
        guard verdict(etag) == .fails else { return }
        var error = APIError(
            .preconditionFailed, "it was changed since you read it; read it again, then try again")
        error.fields = [.etag: etag.text]
        if let current = current() { error.extensions = [ProblemMember("current", current)] }
        throw error
    }
}
