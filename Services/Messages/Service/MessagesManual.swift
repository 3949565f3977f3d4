import HTTP
import JSON
import MessagesAPI
import Routing

extension Messages {
    /// What stands in paths.
    static let names = [
        "emoji": "one emoji, percent-encoded", "rev": "the number of a text, 1 for the first",
    ]

    private static let order = QueryDocumentation.word(
        "order", MessageListing.Order.self, "asc without it: the oldest first")

    /// What is to be known of each route.
    static let manual: RouteManual = [
        "GET /api/posts": .init(
            "Posts by id", answers: .list(Post.self), query: [order]),
        "GET /api/posts/in-thread/{id}": .init(
            "The posts of a thread", answers: .list(Post.self),
            query: [order, .integer("from", in: 1...Int64.max, "the number to begin with")]),
        "GET /api/posts/by-user/{id}": .init(
            "The posts of a member", answers: .list(Post.self), query: [order]),
        "GET /api/posts/mentions": .init(
            "The posts that mention the caller", answers: .list(Post.self), query: [order]),
        "GET /api/posts/{id}": .init(
            "One post", answers: .one(Post.self), also: [.notFound, .gone]),
        "GET /api/posts/{id}/context": .init(
            "A post between its neighbours", answers: .all(Post.self), also: [.notFound],
            query: [
                .integer("before", in: MessageLimits.contextRows, "posts before it"),
                .integer("after", in: MessageLimits.contextRows, "posts after it"),
            ]),
        "GET /api/posts/{id}/replies": .init(
            "The posts that answer one", answers: .list(Post.self), also: [.notFound],
            query: [order]),
        "POST /api/posts/bulk": .init(
            "Loads posts, one a line", answers: .content("application/x-ndjson"), status: .ok),

        "POST /api/posts": .init(
            "Posts in a thread", takes: Submission.self, answers: .one(Post.self),
            also: [.notFound, .locked, .serviceUnavailable]),
        "PATCH /api/posts/{id}": .init(
            "Edits a post", takes: MessagePatch.self, answers: .one(Post.self),
            also: [.notFound]),
        "DELETE /api/posts/{id}": .init(
            "Takes a post out of sight, or leaves nothing of it", takes: Deletion.self,
            needsBody: false, answers: .one(Post.self), also: [.notFound, .noContent],
            query: [.integer("purge", in: 0...1, "1: for good, by an admin")]),
        "POST /api/posts/{id}/restore": .init(
            "Brings a post back", answers: .one(Post.self), status: .ok, also: [.notFound]),
        "POST /api/posts/{id}/move": .init(
            "Moves a post to another thread", takes: Destination.self, answers: .one(Post.self),
            status: .ok, also: [.notFound]),
        "POST /api/posts/preview": .init(
            "What a text would look like", takes: Draft.self, answers: .one(Preview.self),
            status: .ok),

        "GET /api/posts/{id}/history": .init(
            "Every text that a post had", answers: .list(ShownRevision.self),
            also: [.forbidden, .notFound]),
        "GET /api/posts/{id}/history/{rev}": .init(
            "One of them", answers: .one(ShownRevision.self), also: [.forbidden, .notFound]),
        "POST /api/posts/{id}/history/{rev}/revert": .init(
            "Brings an earlier text back", answers: .one(Post.self), status: .ok,
            also: [.notFound]),

        "GET /api/posts/{id}/reactions": .init(
            "Who reacted how", answers: .all(ReactionGroup.self), also: [.notFound]),
        "PUT /api/posts/{id}/reactions/{emoji}": .init(
            "Reacts to a post", answers: .one(ReactionTotals.self),
            also: [.notFound, .conflict, .unprocessableContent]),
        "DELETE /api/posts/{id}/reactions/{emoji}": .init(
            "Takes a reaction back", answers: .one(ReactionTotals.self),
            also: [.notFound, .conflict, .unprocessableContent]),

        "POST /api/posts/{id}/flags": .init(
            "Tells moderators of a post", takes: Complaint.self, answers: .one(Flag.self),
            also: [.ok, .notFound]),
        "GET /api/posts/flags": .init(
            "What was told, oldest first", answers: .list(Flag.self),
            query: [.word("state", Flag.State.self, "open without it")]),
        "GET /api/posts/flags/{id}": .init(
            "One flag", answers: .one(Flag.self), also: [.notFound]),
        "PATCH /api/posts/flags/{id}": .init(
            "Decides a flag", takes: Verdict.self, answers: .one(Flag.self),
            also: [.notFound, .conflict]),

        "GET /api/posts/search": .init(
            "Posts that have all words, best first. Forum-Partial: ?1 tells that looking was "
                + "given up, because the words are common and seldom meet: add a rarer one",
            answers: .all(FoundPost.self),
            also: [.unprocessableContent],
            query: [
                .text("q", "words"), .id("thread", "in this one"), .id("user", "by this member"),
                .time("before", "posted earlier"), .time("after", "posted later"),
                .integer("limit", in: 1...MessageLimits.foundRowsMax, "how many at most"),
            ]),
    ]
}
