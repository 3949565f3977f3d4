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
    /// service or everybody may write; else it might be a hidden one, and nobody sees it.
    let unknown: Int64
    /// How far the threads service has been followed.
    let position: Int64

    var level: Int64 { viewer.level }

    func sees(_ row: MessageRow) -> Bool { (row.reads ?? unknown) <= level }
}

extension Messages {
    func sight<Source: Reader & ~Copyable>(
        _ viewer: Viewer, _ reader: borrowing Source
    ) throws -> Sight {
        let position = try Outbox.position(of: ThreadCards.sourceName, in: reader)
        return Sight(
            viewer: viewer, unknown: position == 0 || isOpen ? 0 : Role.noLevel,
            position: position)
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
        let message = row.message
        var me: Post.Me?
        if viewer.user > 0 {
            me = Post.Me(
                reactions: try reader.all(Queries.reactionsOf, message.id.rawValue, viewer.user),
                canEdit: row.canBeEdited(by: viewer))
        }
        return Post(message, isLegible: viewer.reads(message), me: me)
    }
}

extension MessageRow {
    /// Authors change what they wrote until a moderator locks the thread, which moderators pass.
    func canBeEdited(by viewer: Viewer) -> Bool {
        guard message.state == .visible else { return false }
        return viewer.isModerator || (viewer.wrote(message) && !isThreadLocked)
    }

    /// The tag of what `viewer` is shown: up to `~` what an edit must know of, then reactions and
    /// replies, then whatever is the viewer's own.
    func etag(for viewer: Viewer) -> ETag {
        var cards: [ETag.Card] = []
        if message.touches > 0 {
            cards.append(ETag.Card("r", message.replyCount, version: message.touches))
        }
        if viewer.user > 0 || viewer.isModerator {
            let rights = viewer.level * 2 + (canBeEdited(by: viewer) ? 1 : 0)
            cards.append(ETag.Card("v", viewer.user, version: rights))
        }
        return ETag("p", message.id.rawValue, version: message.version, cards: cards)
    }
}

extension ListEnd {
    /// The tag of a page as one viewer sees it, made from cards as old as `sight`.
    func etag(_ sight: Sight) -> ETag {
        var cards: [ETag.Card] = []
        if sight.position > 0 { cards.append(ETag.Card("t", 0, version: sight.position)) }
        if sight.viewer.user > 0 || sight.viewer.isModerator {
            cards.append(ETag.Card("v", sight.viewer.user, version: sight.level))
        }
        return ETag("l", last, version: changes, cards: cards)
    }
}
