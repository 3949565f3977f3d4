package import Bytes
package import JSON
package import TopicsAPI
package import UsersAPI

/// What it takes to post a message.
package struct NewMessage: Equatable, Sendable {
    package let thread: ID<Topic>
    package let text: String
    package let user: ID<User>
    /// The message it answers, of the same thread.
    package let replyTo: ID<Message>?

    package init(
        thread: ID<Topic>, text: String, user: ID<User>, replyTo: ID<Message>? = nil
    ) {
        self.thread = thread
        self.text = text
        self.user = user
        self.replyTo = replyTo
    }
}

extension NewMessage: JSONDecodable {
    package init(from fields: inout JSONFields) {
        thread = fields.requiredID("thread", as: Topic.self)
        text = fields.requiredString("text", length: MessageLimits.textCharacters)
        user = fields.requiredID("user", as: User.self)
        replyTo = nil
    }
}
