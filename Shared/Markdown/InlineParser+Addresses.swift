import Bytes

/// Addresses that are their own text, and names behind an `@`.
extension InlineParser {
    /// `<https://…>` and `<somebody@example.org>`; every other `<` is text.
    mutating func takeAngleAddress() {
        let first = position + 1
        var close = first
        while close < end, close - first <= MarkdownLimits.addressBytesMax,
            text[close] > ASCII.space, text[close] != UInt8(ascii: "<"),
            text[close] != UInt8(ascii: ">")
        {
            close += 1
        }
        steps += close - position
        guard byte(at: close) == UInt8(ascii: ">"),
            let address = InlineParser.address(text[first..<close])
        else {
            position += 1
            return
        }
        flush(to: position)
        goOn(at: first)
        takeAddress(address, to: close)
        goOn(at: close + 1)
    }

    private static func address(_ bytes: ArraySlice<UInt8>) -> SafeAddress? {
        if Mailbox.matches(bytes) { return SafeAddress(Array("mailto:".utf8) + bytes) }
        guard let address = SafeAddress(Array(bytes)), !address.isAttachment else { return nil }
        return address
    }

    /// `https://…` at the start of a word.
    mutating func takeBareAddress() {
        let rest = position..<end
        guard !CharacterClass.isAlphanumeric(byte(at: position - 1)),
            let hostEnd = BareAddress.hostEnd(text, rest)
        else {
            position += 1
            return
        }
        let runEnd = BareAddress.runEnd(text, hostEnd..<end)
        steps += runEnd - position
        let addressEnd = BareAddress.end(text, position..<runEnd)
        guard let address = SafeAddress(Array(text[position..<addressEnd])) else {
            // Too long. All of it was looked at, and is text: nothing is looked at twice.
            position = addressEnd
            return
        }
        takeAddress(address, to: addressEnd)
    }

    private mutating func takeAddress(_ address: SafeAddress, to place: Int) {
        links.append(Link(address: address))
        take(.address, to: place, value: links.count - 1)
    }

    /// `@name`, not in the middle of a word or an e-mail address.
    mutating func takeMention() {
        let first = position + 1
        var runEnd = first
        while runEnd < end, runEnd - first <= MarkdownLimits.mentionRunMax,
            Mention.nameBytes.contains(text[runEnd])
        {
            runEnd += 1
        }
        steps += runEnd - position
        let isName =
            runEnd - first <= MarkdownLimits.mentionRunMax && isMentionStart
            && isMentionEnd(runEnd) && Mention.name(in: text[first..<runEnd]) != nil
        if isName { take(.mention, to: runEnd) } else { position = first }
    }

    /// Behind a letter, a digit and what joins words the `@` belongs to an address. An underscore
    /// is fine where it may begin emphasis.
    private var isMentionStart: Bool {
        guard let before = text.scalar(before: position, from: start) else { return true }
        if before == "_" { return !hasPlainText && delimiters.canOpen(tokens.last) }
        return !CharacterClass.isCased(before) && !"@/+-".unicodeScalars.contains(before)
    }

    /// A second `@` makes it an address, a letter a longer word.
    private func isMentionEnd(_ place: Int) -> Bool {
        guard place < end else { return true }
        let after = text.scalar(at: place)
        return after != "@" && !CharacterClass.isCased(after)
    }
}
