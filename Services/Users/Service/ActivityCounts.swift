import Bytes
import SQLite
import UsersAPI

/// What a user has done, in numbers.
struct ActivityCounts: Equatable, Sendable {
    var threads: Int64 = 0
    var posts: Int64 = 0
    var reactions: Int64 = 0

    static func - (left: ActivityCounts, right: ActivityCounts) -> ActivityCounts {
        ActivityCounts(
            threads: left.threads - right.threads, posts: left.posts - right.posts,
            reactions: left.reactions - right.reactions)
    }

    /// Moves the counts of `user` by what a row's change made of them. A user who is not there yet
    /// is counted when they come.
    static func move(
        _ user: Int64, by difference: ActivityCounts, _ transaction: borrowing Transaction
    ) throws {
        if difference == ActivityCounts() { return }
        try transaction.run(
            Users.ActivityQueries.move, user, difference.threads, difference.posts,
            difference.reactions)
        if transaction.changes > 0 { try transaction.run(Users.Queries.noteTouch) }
    }

    /// Counted one by one from the rows.
    static func recounted(
        _ user: Int64, _ transaction: borrowing Transaction
    ) throws -> ActivityCounts {
        try transaction.one(Users.ActivityQueries.recounted, user)
    }

    /// Keeps these as the counts of `user`, if they are not that already; gives whether they were.
    @discardableResult
    func keep(_ user: ID<User>, _ transaction: borrowing Transaction) throws -> Bool {
        try transaction.run(
            Users.ActivityQueries.keep, user.rawValue, threads, posts, reactions)
        let isNew = transaction.changes > 0
        if isNew { try transaction.run(Users.Queries.noteTouch) }
        return !isNew
    }
}
