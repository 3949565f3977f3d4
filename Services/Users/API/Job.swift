package import Bytes
package import JSON

/// The deletion of a user, until every service has done its part.
package struct Job: Equatable, Sendable {
    /// How far a service is.
    package enum Progress: String, Sendable, CaseIterable {
        case waiting
        case done
    }

    /// Whether anybody is still at it.
    package enum State: String, Sendable, CaseIterable {
        case running
        case done
    }

    package let id: ID<Job>
    package let user: ID<User>
    package let mode: DeletionMode
    package let threads: Progress
    package let posts: Progress
    package let createdAt: Timestamp

    package init(
        id: ID<Job>, user: ID<User>, mode: DeletionMode, threads: Progress, posts: Progress,
        createdAt: Timestamp
    ) {
        self.id = id
        self.user = user
        self.mode = mode
        self.threads = threads
        self.posts = posts
        self.createdAt = createdAt
    }

    /// Done when both of the others are: users is done when the job is there.
    package var state: State { threads == .done && posts == .done ? .done : .running }

    /// As it is named in paths: `j_3`.
    package var name: String { "j_\(id.rawValue)" }

    /// The id that a name says; nil for what is no name of a job.
    package static func id(_ name: String) -> ID<Job>? {
        guard name.hasPrefix("j_"), let number = DecimalText.parse(name.dropFirst(2)),
            let id = ID<Job>(checking: number), "j_\(number)" == name
        else { return nil }
        return id
    }
}

/// What becomes of what a deleted user wrote.
package enum DeletionMode: String, Sendable, CaseIterable {
    /// The texts stay as they are, under no name.
    case keep
    /// The same, and mentions of the name go.
    case anonymize
    /// The texts go, too.
    case erase
}

extension Job: JSONRecord {
    package static let members: [JSONMember<Job>] = [
        .string("id", \.name),
        .string("kind") { _ in "delete-user" },
        .word("state", \.state),
        .id("user", \.user),
        .word("mode", \.mode),
        .record("progress") { JobProgress(threads: $0.threads, posts: $0.posts) },
        .timestamp("createdAt", \.createdAt),
    ]
}

/// How far each service is with a job.
struct JobProgress: JSONRecord {
    let threads: Job.Progress
    let posts: Job.Progress

    static let members: [JSONMember<JobProgress>] = [
        .word("users") { _ in Job.Progress.done },
        .word("threads", \.threads),
        .word("posts", \.posts),
    ]
}
