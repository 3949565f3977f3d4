import Fixture
import HTTP

/// One request and its answer, as far as the contract fixes them: what two deployments must agree
/// on to the byte. The time of day is not part of it.
struct Exchange: Equatable, CustomStringConvertible {
    let request: String
    let answer: String

    /// The fields of an answer that belong to the contract.
    private static let names: [FieldName] = [
        .contentType, .etag, .cacheControl, .vary, .link, .location, .allow, .retryAfter,
        "WWW-Authenticate",
    ]

    init(_ method: Method, _ target: String, _ answer: Answer) {
        request = "\(method.name) \(target)"
        var lines = ["\(answer.status)"]
        for name in Exchange.names {
            for value in answer.fields.values(name) { lines.append("\(name.text): \(value)") }
        }
        lines.append(Exchange.withoutTimes(answer.text))
        self.answer = lines.joined(separator: "\n")
    }

    var description: String { "\(request)\n\(answer)\n" }

    private static func withoutTimes(_ body: String) -> String {
        body.replacing(/"(createdAt|updatedAt|joinedAt|lastSeenAt)":"[0-9T:.-]{23}Z"/) { match in
            "\"\(match.output.1)\":\"…\""
        }
    }
}
