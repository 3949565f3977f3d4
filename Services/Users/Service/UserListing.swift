import Bytes
import HTTP
import JSON
import Records
import Routing
import SQLite
import UsersAPI

/// In which order users are listed.
enum UserOrder: String, CaseIterable {
    case id
    case username
    /// The newest first.
    case joined
    /// Who wrote most first.
    case posts
}

/// A list of users: all, those of a role, or those whose usernames begin so.
struct UserListing: Sendable {
    let order: UserOrder
    let role: Role?
    /// The beginning of the usernames; only in the order of these.
    let prefix: String?

    /// What the query asks for: 400 for what it does not know, and for a prefix in another order.
    init(_ request: borrowing Request) throws(APIError) {
        let query = request.query()
        prefix = try query.text("q")
        let usual: UserOrder = prefix == nil ? .id : .username
        order = try query.word("sort", UserOrder.self) ?? usual
        role = try query.word("role", Role.self)
        if prefix != nil, order != .username {
            throw .malformed("'q' finds the beginnings of usernames: leave 'sort' out beside it")
        }
    }

    var filters: [String] {
        ["role=\(role?.rawValue ?? "")", "q=\(prefix ?? "")"]
    }

    /// The rows at `border`. There are few moderators and admins: they are read as they are and put
    /// into order here; all others are read from the index of their order.
    func rows(_ connection: borrowing Connection, _ border: ListBorder) throws -> [User] {
        if let prefix, !prefix.utf8.allSatisfy(UserLimits.isUsernameByte) { return [] }
        switch role {
        case .guest: return []
        case .moderator, .admin: return try staff(connection, border)
        case .member, nil: return try everybody(connection, border)
        }
    }

    /// What a user is sorted by, for the cursor.
    static func place(
        _ user: User, in order: UserOrder
    ) -> (key: Cursor.Key, id: Int64) {
        let id = user.id.rawValue
        return switch order {
        case .id: (.none, id)
        case .username: (.text(user.username), id)
        case .joined: (.integer(user.joinedAt.milliseconds), id)
        case .posts: (.integer(user.postCount), id)
        }
    }

    private func everybody(
        _ connection: borrowing Connection, _ border: ListBorder
    ) throws -> [User] {
        let isBackward = border.isBackward
        let (rows, member) = (border.rowsWanted, role?.rawValue)
        switch order {
        case .id:
            let query = isBackward ? Users.ListQueries.byIDBefore : Users.ListQueries.byIDAfter
            return try connection.all(query, border.number, rows, member)
        case .username:
            let (low, high) = names(border)
            let query = isBackward ? Users.ListQueries.byNameBefore : Users.ListQueries.byNameAfter
            return try connection.all(query, low, high, rows, member)
        case .joined:
            let query = isBackward ? Users.ListQueries.joinedBefore : Users.ListQueries.joinedAfter
            let (key, id) = UserListing.numbers(border)
            return try connection.all(query, key, id, rows, member)
        case .posts:
            let query = isBackward ? Users.ListQueries.postsBefore : Users.ListQueries.postsAfter
            let (key, id) = UserListing.numbers(border)
            return try connection.all(query, key, id, rows, member)
        }
    }

    private func staff(
        _ connection: borrowing Connection, _ border: ListBorder
    ) throws -> [User] {
        let all = try connection.all(
            Users.ListQueries.staff, role?.rawValue ?? "", ListLimits.staffMax)
        var rows = all.map { (place: StaffPlace($0, order), user: $0) }
        rows.sort { $0.place < $1.place }
        if let row = border.row {
            let edge = StaffPlace(row.key, row.id, order)
            rows = rows.filter { border.isBackward ? $0.place < edge : edge < $0.place }
        }
        if let prefix {
            let start = StaffPlace.folded(prefix)
            rows = rows.filter { StaffPlace.folded($0.user.username).starts(with: start) }
        }
        if border.isBackward { rows.reverse() }
        return rows.prefix(Int(border.rowsWanted)).map(\.user)
    }

    /// Usernames from the first to before the second, whatever their case: U+0001 is smaller and
    /// `~` greater than every character of a name.
    private func names(_ border: ListBorder) -> (low: String, high: String) {
        let low = prefix ?? ""
        guard case .text(let name)? = border.row?.key else { return (low, low + "~") }
        return border.isBackward ? (low, name) : (name + "\u{1}", low + "~")
    }

    /// A number and an id, both of which go down.
    private static func numbers(_ border: ListBorder) -> (key: Int64, id: Int64) {
        guard let row = border.row, case .integer(let key) = row.key else {
            return (Int64.max, Int64.max)
        }
        return (key, row.id)
    }
}

/// Where a moderator or admin stands in an order.
private struct StaffPlace: Comparable {
    private let name: [UInt8]
    /// What goes down is negative here.
    private let number: Int64
    private let id: Int64

    init(_ user: User, _ order: UserOrder) {
        let place = UserListing.place(user, in: order)
        self.init(place.key, place.id, order)
    }

    init(_ key: Cursor.Key, _ id: Int64, _ order: UserOrder) {
        if case .text(let text) = key { name = StaffPlace.folded(text) } else { name = [] }
        if case .integer(let key) = key { number = -key } else { number = 0 }
        self.id = order == .id || order == .username ? id : -id
    }

    static func < (left: StaffPlace, right: StaffPlace) -> Bool {
        if left.name != right.name { return left.name.lexicographicallyPrecedes(right.name) }
        return (left.number, left.id) < (right.number, right.id)
    }

    /// As the store compares usernames.
    static func folded(_ name: String) -> [UInt8] { name.utf8.map(ASCII.lowercased) }
}

extension Users {
    /// `role=`, `q=` (the beginning of usernames) and `sort=` choose; who was deleted is left out.
    func list(_ request: borrowing Request) throws -> Response {
        let listing = try UserListing(request)
        return try store.list(
            request, sort: listing.order.rawValue, filters: listing.filters,
            tag: { try $0.one(Queries.end).etag },
            rows: { try listing.rows($0, $1) }, place: { UserListing.place($0, in: listing.order) })
    }
}
