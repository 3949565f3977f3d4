package import Bytes
package import JSON
package import UsersAPI

/// What it takes to start a topic.
package struct NewTopic: Equatable, Sendable {
    package let title: String
    package let createdBy: ID<User>

    package init(title: String, createdBy: ID<User>) {
        self.title = title
        self.createdBy = createdBy
    }
}

extension NewTopic: JSONDecodable {
    package init(from fields: inout JSONFields) {
        title = fields.requiredString("title", length: TopicLimits.titleCharacters)
        createdBy = fields.requiredID("createdBy", as: User.self)
        if !title.isEmpty, title.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            fields.complain("title", "blank", "a title needs something to read")
        }
    }
}
