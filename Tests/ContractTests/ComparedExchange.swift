import Bytes
import Fixture
import HTTP

/// One request and its answer, as far as two deployments must agree on it.
struct ComparedExchange: Equatable, CustomStringConvertible {
    let request: String
    let answer: String

    /// The fields of an answer that belong to the contract. Date, Server, connection fields and
    /// those that a proxy adds do not; nor does Forum-Staleness, which tells how busy the machine
    /// was.
    private static let names: [FieldName] = [
        .contentType, .etag, .cacheControl, .vary, .link, .location, .allow, .retryAfter,
        .forumPosition, "WWW-Authenticate", "Idempotency-Replayed",
        "Content-Security-Policy", "X-Content-Type-Options", "Deprecation",
    ]

    init(_ method: Method, _ target: String, _ who: String, _ answer: Answer) {
        request = "\(method.name) \(Likeness.comparable("link", target)) by \(who)"
        var lines = ["\(answer.status)"]
        for name in ComparedExchange.names {
            for value in answer.fields.values(name) {
                lines.append("\(name.text): \(Likeness.comparable(name.text, value))")
            }
        }
        lines.append(Likeness.comparable(answer.text))
        self.answer = lines.joined(separator: "\n")
    }

    var description: String { "\(request)\n\(answer)\n" }
}
