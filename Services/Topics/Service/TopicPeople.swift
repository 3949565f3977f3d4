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

    init<Source: Reader & ~Copyable>(of row: TopicRow, in reader: borrowing Source) throws {
        author = try UserCards.card(of: row.topic.createdBy.rawValue, in: reader)
        lastAuthor = try row.lastPost.map { try UserCards.card(of: $0.user, in: reader) }
        participants = try row.participants.map { try UserCards.card(of: $0, in: reader) }
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
