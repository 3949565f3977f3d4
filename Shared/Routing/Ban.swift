import Bytes
import HTTP
import JSON

/// That an account may not do something, and until when.
package struct Ban: Hashable, Sendable {
    /// What is forbidden.
    package enum Reach: String, Sendable, CaseIterable {
        /// Every request.
        case all
        /// Every request that asks for a change.
        case write
    }

    package let reach: Reach
    /// Milliseconds since 1970; nil: until somebody lifts it.
    package let untilMilliseconds: Int64?

    /// A ban that ends at `untilMilliseconds`, if ever.
    package init(_ reach: Reach, untilMilliseconds: Int64? = nil) {
        self.reach = reach
        self.untilMilliseconds = untilMilliseconds
    }

    func forbids(_ method: Method, at now: Int64) -> Bool {
        if let untilMilliseconds, untilMilliseconds <= now { return false }
        return reach == .all || !method.isSafe
    }
}

extension APIError {
    /// 403 `banned`, with `until`: a time, or null.
    package static func banned(_ ban: Ban) -> APIError {
        let end = ban.untilMilliseconds.map { Timestamp(milliseconds: $0).text }
        let what = ban.reach == .all ? "is banned" : "may only read"
        var error = APIError(
            .banned, "this account \(what) \(end.map { "until \($0)" } ?? "for now")")
        error.extensions = [ProblemMember("until", end.map { .string($0) } ?? .null)]
        return error
    }
}
