/// The name by which a text mentions an account: read from the HTML that was made of it, because
/// the account itself is gone.
struct MentionedName: Equatable, Sendable {
    let name: String

    /// The name of `user` in `html`; nil if it is not mentioned there.
    init?(of user: Int64, in html: String) {
        let link = "href=\"/api/users/\(user)\" class=\"mention\">@"
        guard let start = html.firstRange(of: link)?.upperBound else { return nil }
        name = String(html[start...].prefix { $0 != "<" })
        if name.isEmpty { return nil }
    }

    /// `text` with `@[deleted]` in place of every mention of the name, whatever its case. Longer
    /// names that begin like it stay.
    func erased(from text: String) -> String {
        let wanted = Array("@\(name)".lowercased().utf8)
        let bytes = Array(text.utf8)
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if matches(wanted, bytes, at: index) {
                kept += MentionedName.replacement
                index += wanted.count
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: kept, as: UTF8.self)
    }

    private func matches(_ wanted: [UInt8], _ bytes: [UInt8], at start: Int) -> Bool {
        let end = start + wanted.count
        guard end <= bytes.count else { return false }
        for (offset, byte) in wanted.enumerated()
        where MentionedName.lowered(bytes[start + offset]) != byte { return false }
        return end == bytes.count || !MentionedName.goesOn(bytes[end])
    }

    /// Names are ASCII: other letters have no case that matters here.
    private static func lowered(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Whether a name that comes so far is a longer one. A dot or dash may end a sentence.
    private static func goesOn(_ byte: UInt8) -> Bool {
        switch lowered(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static let replacement = Array("@[deleted]".utf8)
}
