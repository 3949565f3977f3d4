import HTTP
import JSON
import Routing

/// What somebody wants to know who was answered with a problem.
struct ProblemExplanation: Sendable {
    let code: APIErrorCode
    /// When it is answered.
    let meaning: String
    /// What helps.
    let advice: String

    /// The whole closed list, in its order.
    static let all = APIErrorCode.allCases.map(ProblemExplanation.init)
}

extension ProblemExplanation: JSONRecord {
    static let members: [JSONMember<ProblemExplanation>] = [
        .string("type") { "/problems/\($0.code.slug)" },
        .string("title", \.code.title),
        .integer("status") { Int64($0.code.status.code) },
        .string("meaning", \.meaning),
        .string("advice", \.advice),
        .integer("retryAfterSeconds", orAbsent: { $0.code.retryAfterSeconds.map { Int64($0) } }),
    ]
}
