import Bytes

/// The runs of `*`, `_` and `~` that may still become emphasis, and the search for their pairs.
struct DelimiterStack {
    private static let none = -1

    private struct Delimiter {
        let token: Int
        let byte: UInt8
        /// Marks that the run had, for the rule of three.
        let length: Int
        let canOpen: Bool
        let canClose: Bool
        /// Marks not yet used.
        var count: Int
        var previous: Int
        var next = DelimiterStack.none
    }

    private var entries: [Delimiter] = []
    private var last = DelimiterStack.none
    /// Runs that were looked at in searches.
    private(set) var steps = 0

    /// Where the stack ends now, to match only what comes later.
    var mark: Int { entries.count }

    /// Whether the latest run may begin an element and is the piece at `token`.
    func canOpen(_ token: Int) -> Bool {
        last != DelimiterStack.none && entries[last].token == token && entries[last].canOpen
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        last = DelimiterStack.none
    }

    mutating func push(token: Int, byte: UInt8, length: Int, canOpen: Bool, canClose: Bool) {
        let new = entries.count
        entries.append(
            Delimiter(
                token: token, byte: byte, length: length, canOpen: canOpen, canClose: canClose,
                count: length, previous: last))
        if last != DelimiterStack.none { entries[last].next = new }
        last = new
    }

    /// Makes elements of all pairs among the runs pushed since `mark`, and forgets those runs.
    ///
    /// A search that found nothing is remembered by what it was looking for, and no later one for
    /// the same looks further back: that keeps the whole linear.
    mutating func match(since mark: Int, _ tokens: inout InlineTokens) {
        var floors = [Int](repeating: mark, count: DelimiterStack.searchKinds)
        var closer = mark < entries.count ? mark : DelimiterStack.none
        while closer != DelimiterStack.none {
            steps += 1
            guard entries[closer].canClose else {
                closer = entries[closer].next
                continue
            }
            let kind = searchKind(entries[closer])
            if let opener = opener(for: closer, downTo: max(mark, floors[kind])) {
                closer = pair(opener, closer, &tokens)
            } else {
                floors[kind] = closer
                let next = entries[closer].next
                if !entries[closer].canOpen { remove(closer) }
                closer = next
            }
        }
        entries.removeLast(entries.count - mark)
        // Runs before a mark are never removed while it is in use.
        last = mark - 1
        if last != DelimiterStack.none { entries[last].next = DelimiterStack.none }
    }

    private mutating func opener(for closer: Int, downTo floor: Int) -> Int? {
        var candidate = entries[closer].previous
        while candidate >= floor {
            steps += 1
            if fits(entries[candidate], entries[closer]) { return candidate }
            candidate = entries[candidate].previous
        }
        return nil
    }

    private func fits(_ opener: Delimiter, _ closer: Delimiter) -> Bool {
        guard opener.canOpen, opener.byte == closer.byte else { return false }
        if opener.byte == UInt8(ascii: "~") { return true }
        // The rule of three: a run that both opens and closes pairs only if the lengths allow it.
        let isAmbiguous = opener.canClose || closer.canOpen
        let sum = opener.length + closer.length
        return !(isAmbiguous && sum % 3 == 0 && closer.length % 3 != 0)
    }

    private static let searchKinds = 13

    /// Closing runs of one kind fit exactly the same opening runs.
    private func searchKind(_ closer: Delimiter) -> Int {
        let kind = closer.length % 3 + (closer.canOpen ? 3 : 0)
        switch closer.byte {
        case UInt8(ascii: "*"): return kind
        case UInt8(ascii: "_"): return 6 + kind
        default: return 12
        }
    }

    /// Makes an element of the inner marks of two runs; answers where to go on.
    private mutating func pair(_ opener: Int, _ closer: Int, _ tokens: inout InlineTokens) -> Int {
        let used = min(2, entries[opener].count, entries[closer].count)
        removeBetween(opener, closer)
        let kinds: (open: InlineToken.Kind, close: InlineToken.Kind) =
            entries[opener].byte == UInt8(ascii: "~")
            ? (.strikeOpen, .strikeClose)
            : used == 2 ? (.strongOpen, .strongClose) : (.emphasisOpen, .emphasisClose)

        let left = entries[opener].token
        let leftEnd = tokens[left].end
        tokens[left].end -= used
        tokens.insert(InlineToken(kinds.open, leftEnd - used, leftEnd), after: left)

        let right = entries[closer].token
        let rightStart = tokens[right].start
        tokens[right].start += used
        tokens.insert(InlineToken(kinds.close, rightStart, rightStart + used), before: right)

        entries[opener].count -= used
        entries[closer].count -= used
        if entries[opener].count == 0 { remove(opener) }
        if entries[closer].count > 0 { return closer }
        let next = entries[closer].next
        remove(closer)
        return next
    }

    private mutating func removeBetween(_ opener: Int, _ closer: Int) {
        entries[opener].next = closer
        entries[closer].previous = opener
    }

    private mutating func remove(_ entry: Int) {
        let (previous, next) = (entries[entry].previous, entries[entry].next)
        if previous != DelimiterStack.none { entries[previous].next = next }
        if next != DelimiterStack.none {
            entries[next].previous = previous
        } else {
            last = previous
        }
    }
}
