import Bytes
import HTTP

/// The head of an answer, gathered from the lines that libcurl hands over one by one.
struct AnswerHead {
    private(set) var status: Status?
    private(set) var fields = Fields()
    /// The empty line after a final head has come; what follows are trailers.
    private(set) var isComplete = false
    private var byteCount = 0
    private let byteCountMax: Int

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Takes a line with its end; false if there are too many or a line makes no sense.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
        byteCount += line.count
        guard byteCount <= byteCountMax else { return false }
        if isComplete { return true }
        let text = unsafe AnswerHead.trimmed(String(decoding: line, as: UTF8.self)[...])
        if text.isEmpty {
            isComplete = status.map { !$0.isInformational } ?? false
            return status != nil
        }
        if text.hasPrefix("HTTP/") { return begin(text) }
        guard let colon = text.firstIndex(of: ":"),
            let name = FieldName(checking: String(text[..<colon]))
        else { return true }
        fields.append(name, String(AnswerHead.trimmed(text[text.index(after: colon)...])))
        return true
    }

    /// A status line: what an interim answer said before does not count any more.
    private mutating func begin(_ line: Substring) -> Bool {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count > 1, let code = Int(words[1]), (100...599).contains(code) else {
            return false
        }
        status = Status(code)
        fields = Fields()
        return true
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let blanks: Set<Character> = [" ", "\t", "\r", "\n", "\r\n"]
        var text = text.drop { blanks.contains($0) }
        while let last = text.last, blanks.contains(last) { text.removeLast() }
        return text
    }
}
