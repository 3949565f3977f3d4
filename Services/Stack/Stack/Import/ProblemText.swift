import Bytes
import JSON

/// A problem (RFC 9457) in one line for a person.
enum ProblemText {
    /// The detail, or the title; then each complaint with its pointer.
    static func text(_ problem: JSONValue) -> String {
        var parts: [String] = []
        if case .string(let detail)? = problem["detail"] {
            parts.append(detail)
        } else if case .string(let title)? = problem["title"] {
            parts.append(title)
        }
        if case .array(let errors)? = problem["errors"] {
            parts += errors.compactMap(complaint)
        }
        return parts.isEmpty ? "no reason was given" : parts.joined(separator: "; ")
    }

    /// The same for the body of an answer; nil if it is no problem.
    static func text(_ body: ByteString) -> String? {
        // A body that is no JSON is shown by nobody: its status says enough.
        guard let value = try? JSONValue.parse(body), case .object = value else { return nil }
        return text(value)
    }

    private static func complaint(_ error: JSONValue) -> String? {
        guard case .string(let detail)? = error["detail"] else { return nil }
        guard case .string(let pointer)? = error["pointer"], !pointer.isEmpty else { return detail }
        return "\(pointer) \(detail)"
    }
}
