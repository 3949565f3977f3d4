import Bytes
import HTTP
import JSON
import Routing
import TopicsAPI

extension TopicView {
    /// Without people, counts and standing: for answers that show none of them.
    init(own row: TopicRow, at now: Int64) {
        self.init(row, people: nil, at: now)
    }

    /// Whether an answer shows more than the topic's own row.
    static func isWhole(_ request: borrowing Request) throws -> Bool {
        guard let fields = try request.query().text("fields") else { return true }
        return !fields.split(separator: ",").allSatisfy { ownMembers.contains(String($0)) }
    }

    /// Whether an answer to somebody with an account shows how they stand to a topic.
    static func showsStanding(_ request: borrowing Request) throws -> Bool {
        guard let fields = try request.query().text("fields") else {
            return try request.query().text("view") != "card"
        }
        return fields.split(separator: ",").contains("me")
    }

    /// As anybody sees it.
    var publicly: TopicView { TopicView(row, people: people, at: now, pendingText: pendingText) }

    /// The tag of an answer that is one viewer's: an edit needs the part before the `~`, and the
    /// rest tells one such answer from another.
    func personalTag(_ json: ByteString) -> ETag {
        let hash = ETag(hashing: json).text.dropFirst().dropLast()
        return ETag("t\(row.topic.id.rawValue).\(row.topic.version)~\(hash)")
    }
}

extension Response {
    /// A thread as `request` wants it: its members by `fields=`, 304 if the client holds it, and
    /// kept by nobody where it says how its reader stands to it.
    static func thread(
        _ view: TopicView, for request: borrowing Request
    ) throws(APIError) -> Response {
        guard view.me != nil else { return try .json(view, for: request, etag: view.etag) }
        var writer = JSONWriter(capacity: threadBytesUsual)
        writer.record(view, try request.projection(of: TopicView.self))
        let json = writer.finish()
        let etag = view.personalTag(json)
        if request.isHeld(etag) { return .notModified(etag, cache: .personal) }
        return .json(json, etag: etag, cache: .personal)
    }

    /// A thread that was just changed, whole.
    static func changed(_ view: TopicView) -> Response {
        var writer = JSONWriter(capacity: threadBytesUsual)
        writer.record(view)
        let json = writer.finish()
        let etag = view.me == nil ? view.etag : view.personalTag(json)
        return .json(json, etag: etag, cache: .personal)
    }

    /// A thread with its people.
    private static let threadBytesUsual = 2048
}

extension Route {
    /// Its answers show people and counts, if they are asked for; and some orders and lists are
    /// those of messages, whatever is shown.
    func readsOthers() -> Route {
        reads("users", as: ["author", "lastPost", "participants"], of: TopicView.self)
            .reads(
                "posts",
                as: ["replyCount", "lastPost", "lastPostAt", "participants", "openingPost", "me"],
                of: TopicView.self,
                orFor: [
                    QueryChoice("sort", TopicListing.Sort.activity.rawValue),
                    QueryChoice("sort", TopicListing.Sort.replies.rawValue),
                    QueryChoice("sort", TopicListing.Sort.hot.rawValue),
                    QueryChoice("unread", TopicWish.Flag.yes.rawValue),
                ])
    }
}
