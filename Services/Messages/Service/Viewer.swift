import Bytes
import HTTP
import MessagesAPI
import Routing

/// Who looks at messages, or wants to change them.
struct Viewer: Sendable {
    /// The account; 0 for readers without one.
    let user: Int64
    let role: Role

    init(_ caller: Caller) {
        user = caller.user
        role = caller.role
    }

    /// Whoever sends `request`; the operator sees what an admin sees.
    init(_ request: borrowing Request) {
        if let caller = request.caller {
            self.init(caller)
        } else {
            self.init(user: 0, role: request.isOperator ? .admin : .guest)
        }
    }

    init(user: Int64, role: Role) {
        self.user = user
        self.role = role
    }

    /// The role as thread cards compare it.
    var level: Int64 { role.level }
    var isModerator: Bool { role >= .moderator }

    func wrote(_ message: Message) -> Bool { user > 0 && message.user.rawValue == user }

    /// What a tag says of the viewer; nil for everybody who is nobody in particular.
    func etagPart(canEdit: Bool) -> ETag.Card? {
        guard user > 0 || isModerator else { return nil }
        return ETag.Card("v", user, version: level * 2 + (canEdit ? 1 : 0))
    }
}

extension Role {
    /// As the store compares it.
    var level: Int64 {
        switch self {
        case .guest: 0
        case .member: 1
        case .moderator: 2
        case .admin: 3
        }
    }

    /// Nobody's: what a thread asks that no reader may see.
    static let noLevel: Int64 = 4
}
