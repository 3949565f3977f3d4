import HTTP
import JSON
import Routing
import TopicsAPI

extension Topics {
    /// What stands in paths.
    static let names = [
        "name": "the id or the slug of a category", "tag": "a tag, in small letters",
        "job": "as the 202 calls it that began the job, such as j_3",
    ]

    /// What is to be known of each route.
    static let manual: RouteManual = [
        "GET /api/threads": .init(
            "Threads", answers: .list(TopicView.self), also: [.notFound],
            query: [
                .word("sort", TopicListing.Sort.self, "id without it, created beside since"),
                .word("order", TopicWish.Order.self, "asc by id, desc in all other orders"),
                .text("category", "of this one: an id or a slug"),
                .text("tag", "with this tag"), .id("createdBy", "started by this member"),
                .word("state", ListedState.self, "deleted: for who keeps order, in their care"),
                .time("since", "started then or later; with sort=created"),
                .word("pinned", TopicWish.Flag.self, "1: pinned everywhere, or in the category"),
                .word("unread", TopicWish.Flag.self, "1: followed, with something new"),
                .word("watching", TopicWish.Flag.self, "1: watched by the caller"),
                .text("count", "exact: Total-Count says how many there are"),
            ]),
        "GET /api/threads/search": .init(
            "Threads that have all words, best first. Forum-Partial: ?1 tells that looking was "
                + "given up, because the words are common and seldom meet: add a rarer one",
            answers: .all(TopicHit.self),
            also: [.unprocessableContent],
            query: [
                .text("q", "words; title and opening text are looked through"),
                .text("category", "in this one: an id or a slug"), .text("tag", "with this tag"),
                .id("author", "started by this member"),
                .integer("limit", in: 1...Topics.hitsMax, "20 without it"),
            ]),
        "GET /api/threads/{id}": .init(
            "One thread", answers: .one(TopicView.self), also: [.notFound, .gone]),
        "POST /api/threads": .init(
            "Opens a thread, with its first post if there is a text", takes: NewTopic.self,
            answers: .one(TopicView.self), also: [.notFound]),
        "PATCH /api/threads/{id}": .init(
            "Changes a thread", takes: TopicPatch.self, answers: .one(TopicView.self),
            also: [.notFound]),
        "POST /api/threads/bulk": .init(
            "Loads threads, one a line", answers: .content("application/x-ndjson"), status: .ok),

        "PUT /api/threads/{id}/lock": .init(
            "Locks a thread", takes: LockRequest.self, needsBody: false,
            answers: .one(TopicView.self), also: [.notFound]),
        "DELETE /api/threads/{id}/lock": .init(
            "Unlocks a thread", answers: .one(TopicView.self), also: [.notFound]),
        "PUT /api/threads/{id}/pin": .init(
            "Puts a thread before all others", takes: PinRequest.self,
            answers: .one(TopicView.self), also: [.notFound]),
        "DELETE /api/threads/{id}/pin": .init(
            "Puts it back among the others", answers: .one(TopicView.self), also: [.notFound]),
        "PUT /api/threads/{id}/answer": .init(
            "Marks the post that answers", takes: AnswerMark.self, answers: .one(TopicView.self),
            also: [.notFound]),
        "DELETE /api/threads/{id}/answer": .init(
            "Takes the mark away", answers: .one(TopicView.self), also: [.notFound]),
        "DELETE /api/threads/{id}": .init(
            "Takes a thread out of sight, or leaves nothing of it", takes: LockRequest.self,
            needsBody: false, answers: .one(TopicView.self), also: [.notFound, .noContent],
            query: [.integer("purge", in: 0...1, "1: for good, by an admin")]),
        "POST /api/threads/{id}/restore": .init(
            "Brings a thread back", answers: .one(TopicView.self), status: .ok,
            also: [.notFound]),

        "GET /api/threads/categories": .init(
            "The tree of categories, parents first", answers: .all(Category.self)),
        "PUT /api/threads/categories/order": .init(
            "Puts categories in order", takes: CategoryOrder.self, answers: .all(Category.self)),
        "GET /api/threads/categories/{name}": .init(
            "One category by id or slug", answers: .one(Category.self), also: [.notFound]),
        "POST /api/threads/categories": .init(
            "Makes a category", takes: CategoryPatch.self, answers: .one(Category.self)),
        "PATCH /api/threads/categories/{name}": .init(
            "Changes a category", takes: CategoryPatch.self, answers: .one(Category.self),
            also: [.notFound, .conflict]),
        "DELETE /api/threads/categories/{name}": .init(
            "Removes a category at once; a job moves its threads", answers: .one(TopicJob.self),
            status: .accepted, also: [.notFound, .conflict],
            query: [.text("moveTo", "where its threads go")]),

        "GET /api/threads/tags": .init(
            "Tags by name", answers: .all(TagUse.self),
            query: [
                .text("q", "the beginning of a tag"), .text("after", "the last one seen"),
                .integer("limit", in: 1...Int64(RoutingLimits.pageRowsMax), "50 without it"),
            ]),
        "PATCH /api/threads/tags/{tag}": .init(
            "Renames a tag or merges it into another", takes: TagChange.self,
            answers: .one(TagUse.self), also: [.notFound, .conflict]),
        "DELETE /api/threads/tags/{tag}": .init("Removes a tag", also: [.notFound]),

        "PUT /api/threads/{id}/subscription": followed("a thread"),
        "DELETE /api/threads/{id}/subscription": unfollowed("a thread"),
        "PUT /api/threads/categories/{name}/subscription": followed("a category"),
        "DELETE /api/threads/categories/{name}/subscription": unfollowed("a category"),
        "PUT /api/threads/tags/{tag}/subscription": followed("a tag"),
        "DELETE /api/threads/tags/{tag}/subscription": unfollowed("a tag"),
        "GET /api/threads/subscriptions": .init(
            "What the caller follows", answers: .list(Subscription.self)),
        "PUT /api/threads/{id}/read": .init(
            "Notes how far the caller has read; only grows", takes: ReadMark.self,
            answers: .one(ReadStanding.self), also: [.notFound]),
        "GET /api/threads/unread": .init(
            "Followed threads with something new", answers: .list(TopicView.self)),
        "PUT /api/threads/read": .init(
            "Notes that everything followed was read up to a time", takes: ReadAllMark.self),
        "GET /api/threads/jobs/{job}": .init(
            "How far a job is that moves many threads", answers: .one(TopicJob.self),
            also: [.notFound]),
    ]

    private static func followed(_ what: String) -> RouteManual.Entry {
        .init(
            "Follows \(what) so closely", takes: SubscriptionRequest.self,
            answers: .one(Followed.self), also: [.notFound])
    }

    private static func unfollowed(_ what: String) -> RouteManual.Entry {
        .init("Follows \(what) no longer", also: [.notFound])
    }
}
