/// What a feed answers.
package enum FeedPage: Equatable, Sendable {
    /// Events that follow the position asked for.
    case events([FeedEntry], FeedState)
    /// The position is of another life or was not kept: start from a snapshot.
    case gone(FeedState)

    /// How the feed stood when the page was read.
    package var state: FeedState {
        switch self {
        case .events(_, let state), .gone(let state): state
        }
    }
}

extension FeedPage {
    /// Throws `hostile` unless the entries follow `after` and each other, and none lies beyond the
    /// head.
    static func check(
        _ entries: [FeedEntry], after: Int64, _ state: FeedState, of source: String
    ) throws(FeedError) {
        var last = after
        for entry in entries {
            guard entry.seq > last else {
                throw .hostile(
                    source: source, reason: "seq \(entry.seq) stands where one after \(last) has to"
                )
            }
            last = entry.seq
        }
        guard last <= state.head else {
            throw .hostile(
                source: source, reason: "seq \(last) is beyond the head, \(state.head)")
        }
        // It would be asked for again, without end.
        guard !entries.isEmpty || state.head == after else {
            throw .hostile(
                source: source,
                reason: "it holds nothing after \(after), but its head is \(state.head)")
        }
    }
}
