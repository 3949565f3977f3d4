import Bytes
import MessagesAPI
import Outbox
import Records
import Routing
import SQLite

/// What a viewer can see in one state of the store.
struct Sight: Sendable {
    let viewer: Viewer
    /// What a thread without a card asks of readers: nothing while nobody follows the threads
    /// service; else it might be a hidden one, and nobody sees it.
    let unknown: Int64
    /// How far the threads service has been followed.
    let threads: Int64
    /// How far the users service has been followed.
    let users: Int64

    var level: Int64 { viewer.level }

    func sees(_ row: MessageRow) -> Bool { (row.reads ?? unknown) <= level }

    /// What a tag says of the cards that a list was made from, and of its viewer.
    var etagParts: [ETag.Card] {
        var cards: [ETag.Card] = []
        if threads > 0 { cards.append(ETag.Card("t", 0, version: threads)) }
        if users > 0 { cards.append(ETag.Card("u", 0, version: users)) }
        if let own = viewer.etagPart(canEdit: false) { cards.append(own) }
        return cards
    }

    /// The tag of what hangs on a message, such as its history.
    func etag(_ kind: Character, _ message: Message) -> ETag {
        let touched = ETag.Card("r", message.replyCount, version: message.touches)
        return ETag(
            kind, message.id.rawValue, version: message.version, cards: [touched] + etagParts)
    }
}

extension Messages {
    func sight<Source: Reader & ~Copyable>(
        _ viewer: Viewer, _ reader: borrowing Source
    ) throws -> Sight {
        let threads = try Outbox.position(of: ThreadCards.sourceName, in: reader)
        return Sight(
            viewer: viewer, unknown: threads == 0 ? 0 : Role.noLevel,
            threads: threads, users: try Outbox.position(of: UserCopies.sourceName, in: reader))
    }

    /// The message as `sight` has it; throws `not-found` for one that is none or in a thread that
    /// the viewer may not know of.
    func row<Source: Reader & ~Copyable>(
        _ id: Int64, _ sight: Sight, _ reader: borrowing Source
    ) throws -> MessageRow {
        guard let row = try reader.first(Queries.byID, id), sight.sees(row) else {
            if try reader.one(Queries.isPurged, id) {
                throw APIError(.gone, "post \(id) was removed for good")
            }
            throw APIError.notFound("post \(id)")
        }
        return row
    }

    /// What `viewer` is shown of a message.
    func post<Source: Reader & ~Copyable>(
        _ row: MessageRow, for viewer: Viewer, _ reader: borrowing Source
    ) throws -> Post {
        try posts([row], for: viewer, .all, reader)[0]
    }

    /// What `viewer` is shown of messages, each author looked up once.
    func posts<Source: Reader & ~Copyable>(
        _ rows: [MessageRow], for viewer: Viewer, _ parts: PostParts,
        _ reader: borrowing Source
    ) throws -> [Post] {
        var people: [Int64: UserCard] = [:]
        if parts.people {
            people = try UserCards.cards(
                of: rows.flatMap(\.people), in: reader)
        }
        let card = { (user: Int64) in people[user] ?? .unknown(user) }
        return try rows.map { row in
            let message = row.message
            let canEdit = row.canBeEdited(by: viewer)
            var me: Post.Me?
            if parts.me, viewer.user > 0 {
                let reactions = try reader.all(
                    Queries.reactionsOf, message.id.rawValue, viewer.user)
                me = Post.Me(reactions: reactions, canEdit: canEdit)
            }
            return Post(
                message: message, viewer: viewer, author: card(message.user.rawValue),
                replyTo: message.replyTo.map {
                    Post.Target(id: $0.id, author: card($0.user.rawValue))
                },
                canEdit: canEdit, me: me)
        }
    }
}

extension MessageRow {
    /// Authors change what they wrote until a moderator locks the thread, which moderators pass.
    func canBeEdited(by viewer: Viewer) -> Bool {
        guard message.state == .visible else { return false }
        return viewer.isModerator || (viewer.wrote(message) && !isThreadLocked)
    }

    /// The accounts that are shown with it.
    fileprivate var people: [Int64] {
        guard let target = message.replyTo else { return [message.user.rawValue] }
        return [message.user.rawValue, target.user.rawValue]
    }
}

extension ListEnd {
    /// The tag of a page as one viewer sees it, made from cards as old as `sight`.
    func etag(_ sight: Sight) -> ETag {
        ETag("l", last, version: changes, cards: sight.etagParts)
    }
}
