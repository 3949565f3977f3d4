import HTTP

/// The shape of a path: literal segments and `{captures}`, such as `/api/threads/{id}`.
///
/// A capture is one whole segment, never empty. A trailing slash means nothing, in patterns as in
/// paths. Patterns are written by programmers: a wrong one stops the program at start.
package struct RoutePattern: Hashable, Sendable {
    /// As many as a request can carry.
    package static let capturesMax = PathParameters.countMax

    enum Segment: Hashable, Sendable {
        case literal(String)
        case capture(String)
    }

    /// As it was written.
    package let text: String
    let segments: [Segment]

    /// Stops the program if `text` is no pattern.
    package init(_ text: String) {
        let segments = RoutePattern.segments(text)
        if let fault = RoutePattern.fault(text, segments) {
            preconditionFailure("route pattern \(text): \(fault)")
        }
        self.text = text
        self.segments = segments
    }

    /// The names of the captures, in order.
    package var names: [String] { RoutePattern.names(segments) }

    private static func names(_ segments: [Segment]) -> [String] {
        segments.compactMap { segment in
            if case .capture(let name) = segment { name } else { nil }
        }
    }

    static func segments(_ text: String) -> [Segment] {
        var parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if parts.last == "" { parts.removeLast() }
        return parts.map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            return .capture(String(part.dropFirst().dropLast()))
        }
    }

    /// What is wrong with a pattern; nil when nothing is.
    static func fault(_ text: String, _ segments: [Segment]) -> String? {
        let names = names(segments)
        if !text.hasPrefix("/") { return "starts with a slash" }
        if names.count > RoutePattern.capturesMax { return "captures at most four segments" }
        if Set(names).count < names.count { return "captures each name once" }
        if names.contains("") { return "a capture has a name" }
        for case .literal(let literal) in segments {
            if literal.isEmpty { return "has no empty segment" }
            if !literal.utf8.allSatisfy(isPlain) { return "'\(literal)' needs escapes in a path" }
        }
        return nil
    }

    /// Characters that a path spells in one way only (RFC 3986 §2.3).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
