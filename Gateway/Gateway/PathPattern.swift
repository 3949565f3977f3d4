/// A `path-pattern` as an ALB understands it: the whole path, case-sensitive, byte for byte as
/// received.
///
/// `*` stands for any bytes, slashes included, or none; `?` for exactly one. The query is not part
/// of the path and nothing is decoded: `/api/%75sers` does not match `/api/users`.
package struct PathPattern: Sendable, Hashable {
    /// What has to be compared after the literal beginning.
    package enum Shape: Sendable {
        /// No wildcard: the path is the pattern.
        case exact
        /// One `*` at the end: the path begins with the pattern.
        case prefix
        /// Wildcards elsewhere.
        case general
    }

    /// The pattern as written.
    package let text: String
    package let shape: Shape
    /// Bytes before the first wildcard; a path that matches begins with them.
    package let literalCount: Int
    package let wildcardCount: Int
    let bytes: [UInt8]

    /// Why a text is not a pattern, in words that follow "the path pattern".
    package struct Fault: Error, Equatable {
        package let reason: String
    }

    /// A pattern of 1…128 of the characters ALB allows.
    package init(_ text: String) throws(Fault) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw Fault(reason: "is empty") }
        guard bytes.count <= GatewayLimits.patternBytesMax else {
            throw Fault(reason: "is longer than \(GatewayLimits.patternBytesMax) characters")
        }
        if let wrong = text.unicodeScalars.first(where: { !PathPattern.allows($0) }) {
            throw Fault(reason: "has the character '\(wrong)', which ALB does not allow in a path")
        }
        self.text = text
        self.bytes = bytes
        let wildcards = bytes.indices.filter { PathPattern.isWildcard(bytes[$0]) }
        wildcardCount = wildcards.count
        literalCount = wildcards.first ?? bytes.count
        shape =
            wildcards.isEmpty
            ? .exact
            : wildcards == [bytes.count - 1] && bytes.last == PathPattern.star ? .prefix : .general
    }

    /// Whether the whole of `path` matches. Costs at most the product of both lengths, without
    /// allocating.
    package func matches(_ path: UnsafeRawBufferPointer) -> Bool {
        switch shape {
        case .exact: unsafe beginsLiterally(path) && path.count == bytes.count
        case .prefix: unsafe beginsLiterally(path)
        case .general: unsafe matchesWildcards(path)
        }
    }

    /// Whether the path begins with the bytes before the first wildcard.
    private func beginsLiterally(_ path: UnsafeRawBufferPointer) -> Bool {
        guard path.count >= literalCount else { return false }
        for index in 0..<literalCount where unsafe path[index] != bytes[index] { return false }
        return true
    }

    /// The usual walk that remembers only the last star: what an earlier one took needs no second
    /// look.
    private func matchesWildcards(_ path: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        var own = 0
        var afterStar: (own: Int, at: Int)?
        while at < path.count {
            if own < bytes.count, bytes[own] == PathPattern.star {
                own += 1
                afterStar = (own, at)
            } else if own < bytes.count, unsafe stands(bytes[own], for: path[at]) {
                own += 1
                at += 1
            } else if let star = afterStar {
                afterStar = (star.own, star.at + 1)
                own = star.own
                at = star.at + 1
            } else {
                return false
            }
        }
        while own < bytes.count, bytes[own] == PathPattern.star { own += 1 }
        return own == bytes.count
    }

    private func stands(_ own: UInt8, for byte: UInt8) -> Bool {
        own == PathPattern.question || own == byte
    }

    private static let star = UInt8(ascii: "*")
    private static let question = UInt8(ascii: "?")

    private static func isWildcard(_ byte: UInt8) -> Bool { byte == star || byte == question }

    /// Letters, digits and `_ - . $ / ~ " ' @ : + & * ?`.
    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "_", "-", ".", "$", "/", "~", "\"", "'", "@", ":", "+", "&", "*", "?": true
        default: false
        }
    }
}
