/// The opening brackets that may still become links.
struct BracketStack {
    struct Bracket {
        let token: Int
        let isImage: Bool
        /// Where its text begins.
        let content: Int
        /// The end of the delimiter stack when it was opened.
        let delimiters: Int
        /// Whether another bracket was opened inside: then its text is no label.
        var holdsBracket = false
    }

    private var open: [Bracket] = []

    /// Brackets below this number lie around a link, and links lie in no links.
    private var aroundLink = 0

    /// The bracket opened last, and whether it may become a link.
    var last: (bracket: Bracket, isUsable: Bool)? {
        open.last.map { ($0, $0.isImage || open.count > aroundLink) }
    }

    mutating func removeAll() {
        open.removeAll(keepingCapacity: true)
        aroundLink = 0
    }

    mutating func push(_ bracket: Bracket) {
        if !open.isEmpty { open[open.count - 1].holdsBracket = true }
        open.append(bracket)
    }

    mutating func pop() {
        open.removeLast()
        aroundLink = min(aroundLink, open.count)
    }

    /// A link was made of what lies inside all open brackets. (Counting them costs nothing; marking
    /// each would cost the number of brackets for each link.)
    mutating func noteLink() { aroundLink = open.count }
}
