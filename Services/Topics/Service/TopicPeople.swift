import Bytes
import Records
import Routing
import SQLite
import TopicsAPI

/// Everybody who is shown beside a topic.
struct TopicPeople: Sendable {
    let author: UserCard
    /// Who wrote the newest message, if there is one.
    let lastAuthor: UserCard?
    let participants: [UserCard]

    init<Source: Reader & ~Copyable>(
        of row: TopicRow, from album: CardAlbum, in reader: borrowing Source
    ) throws {
        author = try album.card(of: row.topic.createdBy.rawValue, in: reader)
        let participants = try row.participants.map { try album.card(of: $0, in: reader) }
        self.participants = participants
        lastAuthor = try row.lastPost.map { post in
            try participants.first { $0.id == post.user } ?? album.card(of: post.user, in: reader)
        }
    }

    /// A renamed author makes another answer, each once.
    var etagParts: [ETag.Card] {
        var parts: [ETag.Card] = []
        parts.reserveCapacity(participants.count + 3)
        parts.append(author.etagPart)
        for card in participants where card.id != author.id { parts.append(card.etagPart) }
        if let last = lastAuthor, last.id != author.id,
            !participants.contains(where: { $0.id == last.id })
        {
            parts.append(last.etagPart)
        }
        return parts
    }
}
