import Bytes
import JSON
import TopicsAPI

/// One line of a bulk load: a topic with, perhaps, an id and a time.
struct TopicLine: Equatable, Sendable {
    let new: NewTopic
    /// The id it must get.
    let id: ID<Topic>?
    /// When it was started; the time of the load if not said.
    let createdAt: Timestamp?
}

extension TopicLine: JSONDecodable {
    init(from fields: inout JSONFields) {
        id = fields.optionalID("id", as: Topic.self)
        new = NewTopic(from: &fields)
        createdAt = fields.optionalTimestamp("createdAt")
    }

    /// Whether `topic` is what this line would have become.
    func says(_ topic: Topic) -> Bool {
        topic.title == new.title && topic.createdBy == new.createdBy
            && (createdAt == nil || createdAt == topic.createdAt)
    }
}
