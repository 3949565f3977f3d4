import JSON
import Outbox
import SQLite
import UsersAPI

/// That another service has done its part of a deletion: the body of `cascade.done`. Said twice it
/// is the same.
struct CascadeDone: JSONDecodable {
    static let kind = "cascade.done"

    /// The job of the deletion that is answered, with those before it; all, if it is not said.
    private let job: Int64
    private let user: Int64

    init(from fields: inout JSONFields) {
        user = fields.requiredInteger("user", in: 1...Int64.max)
        job = fields.optionalInteger("job", in: 1...Int64.max) ?? Int64.max
    }

    /// Notes the part of threads.
    func noteThreads(_ transaction: borrowing Transaction) throws {
        try transaction.run(Users.Queries.threadsDone, user, job)
    }

    /// Notes the part of posts.
    func notePosts(_ transaction: borrowing Transaction) throws {
        try transaction.run(Users.Queries.postsDone, user, job)
    }
}
