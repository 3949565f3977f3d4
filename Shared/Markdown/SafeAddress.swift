import Bytes

/// An address that may stand in a page: `http:` and `https:` with a plain host, `mailto:` with one
/// mailbox, or a file that was uploaded here. Made of characters that need no further encoding,
/// except that `&` is still to be escaped in HTML.
struct SafeAddress: Equatable {
    let text: String
    /// Whether it is a file that was uploaded here.
    let isAttachment: Bool

    /// `raw` after backslashes and entities were resolved: the check sees what a browser would. nil
    /// for every other scheme, for relative addresses, credentials, control characters and oddities
    /// in the host. Spaces and characters that are not ASCII are percent-encoded.
    init?(_ raw: [UInt8]) {
        guard raw.count <= MarkdownLimits.addressBytesMax,
            !raw.contains(where: { $0 < ASCII.space || $0 == 0x7f })
        else { return nil }
        isAttachment = SafeAddress.isAttachment(raw)
        if isAttachment {
            text = String(decoding: raw, as: UTF8.self)
        } else if let rest = SafeAddress.rest(of: raw, behind: "mailto:") {
            guard Mailbox.matches(rest) else { return nil }
            text = "mailto:" + SafeAddress.encoded(rest, keeping: SafeAddress.plainInMailbox)
        } else if let scheme = ["https://", "http://"].first(where: {
            SafeAddress.rest(of: raw, behind: $0) != nil
        }) {
            let rest = raw[scheme.utf8.count...]
            let host = rest.prefix { !SafeAddress.hostEnds.contains($0) }
            guard SafeAddress.isPlainHost(host) else { return nil }
            text = scheme + SafeAddress.encoded(rest, keeping: SafeAddress.plainInAddress)
        } else {
            return nil
        }
    }

    /// What follows `scheme`, which is in lower case; nil when the address does not begin with it.
    private static func rest(of raw: [UInt8], behind scheme: String) -> ArraySlice<UInt8>? {
        let count = scheme.utf8.count
        guard raw.count > count, raw.prefix(count).map(ASCII.lowercased) == Array(scheme.utf8)
        else {
            return nil
        }
        return raw[count...]
    }

    /// A name or number with letters of any script, and perhaps a port. No credentials, which serve
    /// to show another host than the one that is visited, and no escapes, which hide it.
    static func isPlainHost(_ host: ArraySlice<UInt8>) -> Bool {
        let parts = host.split(separator: ASCII.colon, omittingEmptySubsequences: false)
        guard let name = parts.first, let first = name.first, parts.count <= 2 else { return false }
        if parts.count == 2 {
            guard (1...5).contains(parts[1].count), parts[1].allSatisfy(ASCII.isDigit) else {
                return false
            }
        }
        return (first >= 0x80 || CharacterClass.isAlphanumeric(first))
            && name.allSatisfy { $0 >= 0x80 || inHost.contains($0) }
    }

    /// What ends a host.
    static let hostEnds = ByteSet("/?#")
    private static let inHost = ByteSet(alphanumericAnd: ".-_")
    private static let plainInAddress = ByteSet(alphanumericAnd: "-._~:/?#[]@!$&'()*+,;=%")
    private static let plainInMailbox = ByteSet(alphanumericAnd: "-._@+")

    private static func encoded(_ bytes: ArraySlice<UInt8>, keeping plain: ByteSet) -> String {
        var result: [UInt8] = []
        for byte in bytes {
            if plain.contains(byte) {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result.append(ASCII.hexDigitUpper(byte >> 4))
                result.append(ASCII.hexDigitUpper(byte & 15))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `/api/posts/attachments/sha256-` and the 64 digits of a hash: nothing else of this site.
    private static func isAttachment(_ raw: [UInt8]) -> Bool {
        let path = Array("/api/posts/attachments/sha256-".utf8)
        let digits = raw.dropFirst(path.count)
        return raw.starts(with: path) && digits.count == 64
            && digits.allSatisfy { ASCII.isDigit($0) || (0x61...0x66).contains($0) }
    }
}

extension ASCII {
    /// The upper-case hexadecimal digit for a value below sixteen, as RFC 3986 §2.1 wants it.
    fileprivate static func hexDigitUpper(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x37 + value
    }
}
