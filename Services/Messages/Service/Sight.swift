import Bytes
import MessagesAPI
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

/// What a viewer can see in one state of the store.
struct Sight: Sendable {
    let viewer: Viewer
    /// What a thread without a card asks of readers: nothing while nobody follows the threads
    /// service; else it might be a hidden one, and nobody sees it.
    let unknown: Int64
    /// How far the users service has been followed.
    let users: Int64
    /// The categories in which the viewer keeps order without being a moderator of the forum.
    let categories: [Int64]

    var level: Int64 { viewer.level }

    /// Whether the viewer may know of the thread.
    func knows(_ row: MessageRow) -> Bool {
        (row.reads ?? unknown) <= level || isInOwnCategory(row)
    }

    /// Whether the viewer keeps order there.
    func moderates(_ row: MessageRow) -> Bool { viewer.isModerator || isInOwnCategory(row) }

    /// Whether the message is there for the viewer. What was deleted or removed is so for its
    /// author and for who keeps order.
    func sees(_ row: MessageRow) -> Bool {
        guard knows(row) else { return false }
        return row.message.state == .visible || viewer.wrote(row.message) || moderates(row)
    }

    /// Whether the viewer sees the message that `row` answers, which is of the same thread.
    func seesTarget(of row: MessageRow) -> Bool {
        guard let state = row.targetState else { return false }
        if state == .visible || moderates(row) { return true }
        return viewer.user > 0 && row.message.replyTo?.user.rawValue == viewer.user
    }

    private func isInOwnCategory(_ row: MessageRow) -> Bool {
        !categories.isEmpty && row.category.map(categories.contains) == true
    }

    /// What a tag says of the cards that a list was made from, and of its viewer.
    private var etagParts: [ETag.Card] {
        var cards: [ETag.Card] = []
        if unknown > 0 { cards.append(ETag.Card("t", 0, version: 1)) }
        if users > 0 { cards.append(ETag.Card("u", 0, version: users)) }
        if let own = viewer.etagPart(canEdit: false) { cards.append(own) }
        if !categories.isEmpty {
            let all = categories.reduce(0) { ($0 &* 31 &+ $1) & Int64.max }
            cards.append(ETag.Card("c", Int64(categories.count), version: all))
        }
        return cards
    }

    /// The tag of a page of a list that ends there and has changed so often.
    func tag(_ end: Int64, _ changes: Int64) -> ETag {
        ETag("l", end, version: changes, cards: etagParts)
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
        let categories =
            viewer.user > 0 && !viewer.isModerator
            ? try reader.all(CategoryModerators.Queries.categories, viewer.user) : []
        return Sight(
            viewer: viewer, unknown: threads == 0 ? 0 : Role.noLevel,
            users: try Outbox.position(of: UserCopies.sourceName, in: reader),
            categories: categories)
    }

    /// The message as `sight` has it; throws `not-found` for one that is none or that the viewer
    /// may not see: there is no difference. Who keeps order in the forum is told what was removed
    /// for good.
    func row<Source: Reader & ~Copyable>(
        _ id: Int64, _ sight: Sight, _ reader: borrowing Source
    ) throws -> MessageRow {
        if let row = try reader.first(Queries.byID, id) {
            if sight.sees(row) { return row }
        } else if sight.viewer.isModerator, try reader.one(Queries.isPurged, id) {
            throw APIError(.gone, "post \(id) was removed for good")
        }
        throw APIError.notFound("post \(id)")
    }

    /// What the viewer is shown of a message.
    func post<Source: Reader & ~Copyable>(
        _ row: MessageRow, _ sight: Sight, _ reader: borrowing Source
    ) throws -> Post {
        try posts([row], sight, .all, reader)[0]
    }

    /// What the viewer is shown of messages, each author looked up once.
    func posts<Source: Reader & ~Copyable>(
        _ rows: [MessageRow], _ sight: Sight, _ parts: PostParts, _ reader: borrowing Source
    ) throws -> [Post] {
        let album = try UserCards.album(in: reader)
        var unknown: [Int64] = []
        let viewer = sight.viewer
        let posts = try rows.map { row in
            func card(_ user: ID<User>) throws -> UserCard {
                guard parts.people else { return .unknown(user.rawValue) }
                let card = try album.card(of: user.rawValue, in: reader)
                if card.state == .unknown { unknown.append(card.id) }
                return card
            }
            let message = row.message
            let canEdit = sight.canEdit(row)
            var me: Post.Me?
            if parts.me, viewer.user > 0 {
                let reactions = try reader.all(
                    Queries.reactionsOf, message.id.rawValue, viewer.user)
                me = Post.Me(reactions: reactions, canEdit: canEdit)
            }
            let target = sight.seesTarget(of: row) ? message.replyTo : nil
            return Post(
                row: row, viewer: viewer, author: try card(message.user),
                replyTo: try target.map { Post.Target(id: $0.id, author: try card($0.user)) },
                quotes: try quotes(of: message, sight, reader), canEdit: canEdit, me: me)
        }
        if !unknown.isEmpty { missing?.note(unknown) }
        return posts
    }

    /// The messages it quotes, those that the viewer sees; nearly none quotes any.
    private func quotes<Source: Reader & ~Copyable>(
        of message: Message, _ sight: Sight, _ reader: borrowing Source
    ) throws -> [QuotedPost] {
        guard let rendering = message.rendering, rendering.quotes != "[]" else { return [] }
        return try QuotedPost.list(rendering.quotes).filter { quote in
            try reader.first(Queries.byID, quote.post).map(sight.sees) == true
        }
    }
}

extension Sight {
    /// Authors change what they wrote until a moderator locks the thread, which moderators pass.
    func canEdit(_ row: MessageRow) -> Bool {
        guard row.message.state == .visible else { return false }
        return moderates(row) || (viewer.wrote(row.message) && !row.isThreadLocked)
    }
}
