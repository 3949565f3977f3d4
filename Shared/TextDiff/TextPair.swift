/// A stretch of the old text and the stretch of the new one that takes its place, in bytes.
struct TextChange: Equatable {
    var old: Range<Int>
    var new: Range<Int>
}

/// Two texts and the search for what differs between them.
struct TextPair {
    let old: [UInt8]
    let new: [UInt8]

    private(set) var comparisonsLeft = TextDiffLimits.comparisonsMax

    init(_ old: String, _ new: String) {
        self.old = Array(old.utf8)
        self.new = Array(new.utf8)
    }

    /// All changes, in order: first the lines that differ, then the words inside them. Lines first,
    /// because one word at the top and ten paragraphs at the end are two changes and not one.
    mutating func changes() -> [TextChange] {
        let whole = TextChange(old: 0..<old.count, new: 0..<new.count)
        var changes: [TextChange] = []
        for lines in differing(in: whole, by: .lines) {
            changes += differing(in: lines, by: .words)
        }
        return joined(changes)
    }

    /// The parts of a change that differ, cut at the edges of lines or words.
    private mutating func differing(in change: TextChange, by grain: TextGrain) -> [TextChange] {
        var names = TokenNames()
        let oldTokens = Tokens(old, change.old, by: grain, &names)
        let newTokens = Tokens(new, change.new, by: grain, &names)
        let edits = ShortestEdit(oldTokens.names, newTokens.names, &comparisonsLeft).changes
        return edits.map {
            TextChange(old: oldTokens.bytes(of: $0.old), new: newTokens.bytes(of: $0.new))
        }
    }

    /// Replaced words with only blanks between them are one replacement: that is how one reads it.
    private func joined(_ changes: [TextChange]) -> [TextChange] {
        var joined: [TextChange] = []
        for change in changes {
            guard let last = joined.last, replaces(last), replaces(change),
                old[last.old.upperBound..<change.old.lowerBound].allSatisfy({
                    $0 == 0x20 || $0 == 9
                })
            else {
                joined.append(change)
                continue
            }
            joined[joined.count - 1] = TextChange(
                old: last.old.lowerBound..<change.old.upperBound,
                new: last.new.lowerBound..<change.new.upperBound)
        }
        return joined
    }

    private func replaces(_ change: TextChange) -> Bool {
        !change.old.isEmpty && !change.new.isEmpty
    }
}
