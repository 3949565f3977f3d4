/// Why a feed gave no page.
package enum FeedError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nobody answered; asking again later is right.
    case unreachable(source: String, reason: String)
    /// Somebody answered, but not with a page; asking again later is right.
    case refused(source: String, status: Int)
    /// There is no snapshot of this kind.
    case unknownSnapshot(kind: String)
    /// The answer cannot be what it claims to be. Nothing of it was used.
    case hostile(source: String, reason: String)

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .unreachable(let source, let reason):
            "the feed of \(source) does not answer: \(reason); trying again"
        case .refused(let source, 401), .refused(let source, 403):
            "the feed of \(source) does not let us in: give both services the same internal secret"
        case .refused(let source, let status):
            "the feed of \(source) answered \(status) and no page; trying again"
        case .unknownSnapshot(let kind):
            "there is no snapshot of '\(kind)': name a kind that the service gives"
        case .hostile(let source, let reason):
            "a page of \(source) was refused whole: \(reason)"
        }
    }
}

extension FeedError {
    /// A page that does not belong where the cursor stands.
    static func outOfPlace(_ source: String) -> FeedError {
        .hostile(source: source, reason: "it does not follow what was read before")
    }
}
