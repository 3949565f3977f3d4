import Bytes
import HTTP

/// What a route takes as a body. A request without Content-Type is taken at its word: clients of
/// the first version of the API never sent one.
package enum RequestMedia: Sendable {
    /// `application/json`, and the merge patch that is written in it.
    case json
    /// One JSON document a line.
    case lines
    /// Anything: the handler looks for itself.
    case any

    /// Throws 415 if the body of `head` is of another type, charset or coding.
    func check(_ head: RequestHead) throws(APIError) {
        guard head.framing != .none, self != .any else { return }
        if let coding = head.storage.first(.contentEncoding) {
            guard unsafe ASCII.equals(head.storage.bytes(coding), lowercase: "identity") else {
                throw APIError(.unsupportedMediaType, "send the body without Content-Encoding")
            }
        }
        guard let type = head.storage.first(.contentType) else { return }
        guard accepts(MediaType(head.storage.text(type))) else {
            throw APIError(
                .unsupportedMediaType, "send the body as \(name), with Content-Type: \(name)")
        }
    }

    private var name: StaticString {
        self == .lines ? "application/x-ndjson" : "application/json"
    }

    private func accepts(_ type: MediaType) -> Bool {
        guard type.isUTF8 else { return false }
        switch self {
        case .json: return type.essence == .json || type.essence == .mergePatch
        case .lines: return type.essence == .lines || type.essence == .json
        case .any: return true
        }
    }
}
