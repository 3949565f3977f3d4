import Bytes
import HTTP
import Routing
import SQLite
import TopicsAPI

/// Who asks, and what that lets them see and do.
struct Viewer: Sendable {
    /// Nil for strangers, and for the operator, who has no account.
    let user: Int64?
    let role: Role

    init(user: Int64?, role: Role) {
        self.user = user
        self.role = role
    }

    init(_ request: borrowing Request) {
        if let caller = request.caller {
            self.init(user: caller.user, role: caller.role)
        } else {
            self.init(user: nil, role: request.isOperator ? .admin : .guest)
        }
    }

    static let stranger = Viewer(user: nil, role: .guest)

    var level: Int64 { role.level }

    /// For queries that look for moderators: no account has the number 0.
    var userOrNobody: Int64 { user ?? 0 }

    /// Whether what is in this category may be seen.
    func canRead<Source: Reader & ~Copyable>(
        _ category: ID<Category>, _ levels: CategoryLevels, in reader: borrowing Source
    ) throws -> Bool {
        try level >= levels.read || isModerator(of: category, in: reader)
    }

    func canPost<Source: Reader & ~Copyable>(
        _ category: ID<Category>, _ levels: CategoryLevels, in reader: borrowing Source
    ) throws -> Bool {
        try level >= levels.post || isModerator(of: category, in: reader)
    }

    /// Whether this is a moderator here: of the forum, or of the category.
    func moderates<Source: Reader & ~Copyable>(
        _ category: ID<Category>, _ levels: CategoryLevels, in reader: borrowing Source
    ) throws -> Bool {
        try level >= max(levels.moderate, Role.moderator.level)
            || isModerator(of: category, in: reader)
    }

    private func isModerator<Source: Reader & ~Copyable>(
        of category: ID<Category>, in reader: borrowing Source
    ) throws -> Bool {
        guard let user else { return false }
        return try reader.first(Topics.CategoryQueries.isModerator, user, category.rawValue) != nil
    }

    /// What tells apart the lists that two viewers see: their level, and who has one of their own.
    func mark<Source: Reader & ~Copyable>(in reader: borrowing Source) throws -> String {
        let isSpecial = try user.map { user in
            try reader.first(Topics.CategoryQueries.moderatesAny, user) != nil
        }
        return isSpecial == true ? "\(level).\(userOrNobody)" : "\(level)"
    }
}
