import Bytes
import HTTP
import JSON

/// What a forum answered, and to what.
struct ForumAnswer: Sendable {
    let status: Status
    private let fields: Fields
    private let body: ByteString
    /// `GET /api/users`, for complaints.
    private let question: String

    init(_ response: ClientResponse, to question: String) {
        status = response.status
        fields = response.fields
        body = response.body
        self.question = question
    }

    /// The tag to change it by.
    var etag: String? { fields[.etag] }
    /// Whether it was made from less than is known elsewhere.
    var isStale: Bool { fields["Forum-Staleness"] != nil }

    /// What the body says; throws `refused` unless the answer has one of these statuses.
    @discardableResult
    func require(_ statuses: Status...) throws(StoryError) -> JSONValue {
        guard statuses.contains(status) else { throw refusal }
        if body.isEmpty { return .null }
        // A 200 that is no JSON comes from something else than a forum.
        guard let value = try? JSONValue.parse(body) else { throw refusal }
        return value
    }

    private var refusal: StoryError {
        .refused(
            status: Int(status.code), what: question,
            detail: ProblemText.text(body) ?? "\(status.reason)")
    }
}

extension JSONValue {
    /// The text of a member; nil where there is none.
    func text(_ name: StaticString) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }

    /// The number of a member; nil where there is none.
    func number(_ name: StaticString) -> Int64? {
        if case .integer(let number)? = self[name] { number } else { nil }
    }

    /// The elements of an array; nothing else has any.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }
}
