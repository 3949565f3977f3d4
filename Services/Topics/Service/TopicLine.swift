import Bytes
import JSON
import TopicsAPI
import UsersAPI

/// One line of a bulk load: a topic with, perhaps, an id and a time.
struct TopicLine: Equatable, Sendable {
    let new: NewTopic
    let author: ID<User>
    /// The id it must get.
    let id: ID<Topic>?
    /// When it was started; the time of the load if not said.
    let createdAt: Timestamp?
}

extension TopicLine: JSONDecodable {
    init(from fields: inout JSONFields) {
        id = fields.optionalID("id", as: Topic.self)
        new = NewTopic(from: &fields, needsAuthor: true)
        author = new.createdBy ?? ID(1)
        createdAt = fields.optionalTimestamp("createdAt")
        if new.text != nil {
            fields.complain("text", "not-here", "load the opening text as a post")
        }
    }

    /// Whether `topic` is what this line would have become.
    func says(_ topic: Topic) -> Bool {
        topic.title == new.title && topic.createdBy == author
            && (createdAt == nil || createdAt == topic.createdAt)
            && (new.category == nil || new.category == topic.category)
    }
}
