import Bytes

/// An e-mail address as CommonMark knows it: no quotes, no comments, a host of plain labels.
enum Mailbox {
    private static let labelBytesMax = 63
    private static let local = ByteSet(alphanumericAnd: ".!#$%&'*+/=?^_`{|}~-")
    private static let label = ByteSet(alphanumericAnd: "-")

    static func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")), at > bytes.startIndex else {
            return false
        }
        let isLocal = bytes[..<at].allSatisfy(local.contains)
        let labels = bytes[(at + 1)...].split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return isLocal && labels.allSatisfy(isLabel)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        guard let first = label.first, let last = label.last, label.count <= labelBytesMax,
            CharacterClass.isAlphanumeric(first), CharacterClass.isAlphanumeric(last)
        else { return false }
        return label.allSatisfy(Mailbox.label.contains)
    }
}
