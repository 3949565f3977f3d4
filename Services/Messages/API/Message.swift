package import Bytes
package import TopicsAPI
package import UsersAPI

/// One contribution to a topic, as its store knows it: on the wire it is shown as a `Post`.
package struct Message: Equatable, Sendable {
    package let thread: ID<Topic>
    package let text: String
    package let user: ID<User>
    package let id: ID<Message>
    /// The place within its topic: 1, 2, 3 …
    package let number: Int64
    package let createdAt: Timestamp
    /// Grows by one with every change of what it says or whether it is shown; the first is 1.
    package let version: Int64

    /// When its text was changed last.
    package var editedAt: Timestamp?
    /// How often its text was changed.
    package var edits: Int64 = 0
    package var state = MessageState.visible
    /// Why it was deleted or removed, if somebody said.
    package var reason: String?
    /// Grows with every reaction and reply: changes that no edit has to know of.
    package var touches: Int64 = 0
    /// The message that it answers.
    package var replyTo: ReplyTarget?
    /// How many visible messages answer it.
    package var replyCount: Int64 = 0
    /// A JSON array of `ReactionCount`, in the order of the first of each.
    package var reactions = "[]"
    /// What its text means; nil if that was not made when it was written.
    package var rendering: Rendering?

    package init(
        thread: ID<Topic>, text: String, user: ID<User>, id: ID<Message>, number: Int64,
        createdAt: Timestamp, version: Int64
    ) {
        self.thread = thread
        self.text = text
        self.user = user
        self.id = id
        self.number = number
        self.createdAt = createdAt
        self.version = version
    }
}

/// The message that another one answers, and who wrote it.
package struct ReplyTarget: Equatable, Sendable {
    package let id: ID<Message>
    package let user: ID<User>

    package init(id: ID<Message>, user: ID<User>) {
        self.id = id
        self.user = user
    }
}

/// What the Markdown of a text means, as it is sent.
package struct Rendering: Equatable, Sendable {
    /// Safe HTML.
    package let html: String
    /// A JSON array of the users it mentions.
    package let mentions: String
    /// A JSON array of the messages it quotes, each with its author.
    package let quotes: String
    /// The beginning of what it says, on one line; nil if that was not made with the HTML.
    package let excerpt: String?

    package init(html: String, mentions: String, quotes: String, excerpt: String? = nil) {
        self.html = html
        self.mentions = mentions
        self.quotes = quotes
        self.excerpt = excerpt
    }
}
