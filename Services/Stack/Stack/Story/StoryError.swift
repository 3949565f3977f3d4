import Bytes

/// Why a story is not told to its end. What was told before stays; the next run goes on from there.
enum StoryError: Error, Equatable, Sendable {
    /// The forum does not answer.
    case unreachable(String)
    /// It answered something else than was hoped for.
    case refused(status: Int, what: String, detail: String)
    /// Somebody else is called like one of our people.
    case stranger(String)
    /// The services do not learn what the others tell.
    case unsettled
}

extension StoryError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unreachable(let reason): "it does not answer: \(reason); run `forum seed` again"
        case .refused(let status, let what, let detail): "\(what): refused (\(status)): \(detail)"
        case .stranger(let name):
            "nothing added: '\(name)' is somebody else here; the story is for an empty forum"
        case .unsettled:
            "its services do not follow each other: look at their logs, then run it again"
        }
    }

    /// What the command ends with.
    var exitCode: Int32 {
        switch self {
        case .unreachable, .unsettled: ExitCode.unavailable
        case .refused(let status, _, _): status == 401 ? ExitCode.noPermission : 1
        case .stranger: 1
        }
    }
}
