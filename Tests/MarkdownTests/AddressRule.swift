/// What an address in a rendered text may look like, said a second time.
enum AddressRule {
    private static let letters = Set("abcdefghijklmnopqrstuvwxyz")
    private static let digits = Set("0123456789")
    private static let alphanumeric = letters.union(letters.map { Character($0.uppercased()) })
        .union(digits)
    private static let inAddress = alphanumeric.union("-._~:/?#[]@!$&'()*+,;=%")

    /// A page of another site, a mailbox, or a file that was uploaded here.
    static func isSafe(_ address: String) -> Bool {
        if isAttachment(address) { return true }
        guard address.allSatisfy(inAddress.contains) else { return false }
        if address.hasPrefix("mailto:") {
            let parts = address.dropFirst(7).split(separator: "@", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
                && !address.contains("?") && !address.contains("/")
        }
        for scheme in ["https://", "http://"] where address.hasPrefix(scheme) {
            let host = address.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return !host.isEmpty && !host.contains("@")
                && alphanumeric.union("%").contains(host.first!)
        }
        return false
    }

    static func isAttachment(_ address: String) -> Bool {
        let hash = address.dropFirst("/api/posts/attachments/sha256-".count)
        return address.hasPrefix("/api/posts/attachments/sha256-") && hash.count == 64
            && hash.allSatisfy(digits.union("abcdef").contains)
    }

    static func isPath(_ address: String, _ prefix: String) -> Bool {
        let id = address.dropFirst(prefix.count)
        return address.hasPrefix(prefix) && (1...19).contains(id.count)
            && id.allSatisfy(digits.contains) && !id.hasPrefix("0")
    }

    static func isLanguage(_ kind: String) -> Bool {
        let name = kind.dropFirst("language-".count)
        return kind.hasPrefix("language-") && (1...32).contains(name.count)
            && name.allSatisfy(alphanumeric.union("+#-._").contains)
    }
}
