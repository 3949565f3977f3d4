import Bytes

/// Where requests go: scheme, host and port, nothing else.
struct CurlOrigin: Sendable {
    /// `http://127.0.0.1:8080`, without a slash at its end.
    let text: String
    /// Proxies from the environment are for the outside world.
    let isThisMachine: Bool

    /// Nil unless `text` is `http://HOST[:PORT]` or `https://HOST[:PORT]`; one slash may follow.
    init?(_ text: String) {
        let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard let scheme = ["http://", "https://"].first(where: { trimmed.hasPrefix($0) }) else {
            return nil
        }
        let authority = trimmed.dropFirst(scheme.count)
        guard !authority.isEmpty, authority.utf8.allSatisfy(CurlOrigin.isAuthority) else {
            return nil
        }
        self.text = trimmed
        isThisMachine = ["127.", "localhost", "[::1]"].contains { authority.hasPrefix($0) }
    }

    /// Letters of names, addresses and ports: no path, no user, no blank.
    private static func isAuthority(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || ".-:[]_".utf8.contains(byte)
    }
}
