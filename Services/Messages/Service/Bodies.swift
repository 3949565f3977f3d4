import Bytes
import JSON
import MessagesAPI
import TopicsAPI
import UsersAPI

/// What a client sends to post a message: `user` may be left out, or be the client itself.
struct Submission: JSONDecodable {
    let thread: ID<Topic>
    let text: String
    let user: ID<User>?
    let replyTo: ID<Message>?

    init(from fields: inout JSONFields) {
        thread = fields.requiredID("thread", as: Topic.self)
        text = fields.requiredString("text", length: MessageLimits.textCharacters)
        user = fields.optionalID("user", as: User.self)
        replyTo = fields.optionalID("replyTo", as: Message.self)
    }
}

/// A text to look at.
struct Draft: JSONDecodable {
    let text: String

    init(from fields: inout JSONFields) {
        text = fields.requiredString("text", length: MessageLimits.textCharacters)
    }
}

/// A merge patch of a message. Without a text nothing changes.
struct MessagePatch: JSONDecodable {
    let text: String?
    let reason: String?

    init(from fields: inout JSONFields) {
        text = fields.patchString("text", length: MessageLimits.textCharacters)
        reason = fields.optionalString("reason", length: MessageLimits.reasonCharacters)
    }
}

/// Why a message is to be deleted, if anybody wants to know.
struct Deletion: JSONDecodable {
    var reason: String?

    init() {}

    init(from fields: inout JSONFields) {
        reason = fields.optionalString("reason", length: MessageLimits.reasonCharacters)
    }
}

/// Where a message is to go.
struct Destination: JSONDecodable {
    let thread: ID<Topic>

    init(from fields: inout JSONFields) {
        thread = fields.requiredID("thread", as: Topic.self)
    }
}

/// What is wrong with a message.
struct Complaint: JSONDecodable {
    let reason: Flag.Reason
    let note: String

    init(from fields: inout JSONFields) {
        reason = fields.requiredWord("reason", Flag.Reason.self)
        let note = fields.optionalString("note", length: MessageLimits.reasonCharacters)
        self.note = note ?? ""
    }
}

/// What a moderator makes of a flag.
struct Verdict: JSONDecodable {
    enum Decision: String, Sendable, CaseIterable { case accepted, rejected }
    enum Action: String, Sendable, CaseIterable { case remove, lock, none }

    let decision: Decision
    let action: Action

    init(from fields: inout JSONFields) {
        decision = fields.requiredWord("state", Decision.self)
        action = fields.optionalWord("action", Action.self) ?? .none
        if action != .none, decision == .rejected {
            fields.complain("action", "excluded", "a rejected flag removes and locks nothing")
        }
    }
}
