import Bytes
import JSON
import Markdown
import MessagesAPI
import Records
import SQLite

/// What a text means in one state of the store: whom it names, which posts it quotes.
struct Interpretation: Sendable {
    let rendered: RenderedText
    /// The accounts it mentions.
    let people: [Int64]
    let quotes: [QuotedPost]

    /// Reads `text`, which stands in `thread` (0: nowhere yet). Posts of other threads are quoted
    /// by name only if everybody may read them.
    init<Source: Reader & ~Copyable>(
        _ text: String, in thread: Int64, _ reader: borrowing Source
    ) throws {
        var known: [String: Int64] = [:]
        rendered = try Markdown.render(text) { name in
            let user = try UserCards.user(named: name, in: reader)?.id
            if let user { known[name.lowercased()] = user }
            return user
        }
        var people: [Int64] = []
        for name in rendered.mentions {
            guard let user = known[name.lowercased()], !people.contains(user) else { continue }
            people.append(user)
        }
        self.people = people
        var quotes: [QuotedPost] = []
        for id in rendered.quotes {
            guard let row = try reader.first(Messages.Queries.byID, id),
                row.message.state == .visible,
                row.reads == 0 || row.message.thread.rawValue == thread
            else { continue }
            quotes.append(QuotedPost(post: id, user: row.message.user.rawValue))
        }
        self.quotes = quotes
    }

    /// Keeps it beside the message `id`.
    func keep(_ id: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Messages.Queries.forgetMentions, id)
        for user in people { try transaction.run(Messages.Queries.keepMention, user, id) }
        try transaction.run(
            Messages.Queries.setRendering, id, rendered.html,
            people.isEmpty ? nil : "[\(people.map { "\($0)" }.joined(separator: ","))]",
            quotes.isEmpty ? nil : quotesJSON, rendered.excerpt)
    }

    private var quotesJSON: String {
        var writer = JSONWriter()
        writer.records(quotes)
        return writer.finish().text
    }
}

/// A message that another one quotes by its number.
struct QuotedPost: JSONRecord {
    let post: Int64
    let user: Int64

    static let members: [JSONMember<QuotedPost>] = [
        .integer("post", \.post),
        .integer("user", \.user),
    ]

    /// Those that the store keeps of one message.
    static func list(_ json: String) throws -> [QuotedPost] {
        try QuotedPosts.decode(ByteString("{\"all\":\(json)}")).all
    }
}

extension QuotedPost: JSONDecodable {
    init(from fields: inout JSONFields) {
        post = fields.requiredInteger("post", in: 1...Int64.max)
        user = fields.requiredInteger("user", in: 1...Int64.max)
    }
}

/// An object around the array, because messages are objects.
private struct QuotedPosts: JSONDecodable {
    let all: [QuotedPost]

    init(from fields: inout JSONFields) {
        all = fields.requiredArray(
            "all", of: QuotedPost.self, count: 0...MarkdownLimits.quotesMax)
    }
}

extension Messages.Queries {
    /// id, html, mentions, quotes, excerpt
    static let setRendering = Query<(Int64, String, String?, String?, String), Void>(
        """
        UPDATE messages SET html = ?2, mentions = ?3, quotes = ?4, excerpt = ?5 WHERE id = ?1
        """)
    static let forgetMentions = Query<Int64, Void>("DELETE FROM mentions WHERE message = ?1")
    static let keepMention = Query<(Int64, Int64), Void>(
        """
        INSERT INTO mentions (user, message, shelfmark) VALUES (?1, ?2,
            (SELECT shelfmark FROM messages WHERE id = ?2 AND state = 0))
        """)
}
