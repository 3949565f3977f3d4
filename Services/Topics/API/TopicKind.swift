/// What a topic is for: a question may have an answer marked.
package enum TopicKind: String, CaseIterable, Sendable { case discussion, question }
