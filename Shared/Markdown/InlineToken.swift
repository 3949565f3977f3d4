/// A piece of a leaf: text, or where an element begins or ends.
struct InlineToken {
    enum Kind: UInt8 {
        case text
        case code
        /// A character that was written as an entity.
        case scalar
        case softBreak
        case hardBreak
        case emphasisOpen
        case emphasisClose
        case strongOpen
        case strongClose
        case strikeOpen
        case strikeClose
        case linkOpen
        case imageOpen
        case linkClose
        /// An address that is its own text.
        case address
        /// An `@` and the characters of names behind it.
        case mention
    }

    var kind: Kind
    /// The place in the text: what is shown, or the marks that became an element.
    var start: Int
    var end: Int
    /// The number of the link, or the value of the scalar.
    var value = 0

    fileprivate(set) var next = InlineTokens.none
    fileprivate(set) var previous = InlineTokens.none

    init(_ kind: Kind, _ start: Int, _ end: Int, value: Int = 0) {
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value
    }
}

/// The pieces of a leaf in order. Elements are put between pieces that are there already, so it is
/// a linked list, in one array that is used again for the next leaf.
struct InlineTokens {
    static let none = -1

    private var tokens: [InlineToken] = []
    private(set) var first = InlineTokens.none
    private(set) var last = InlineTokens.none

    subscript(index: Int) -> InlineToken {
        _read { yield tokens[index] }
        _modify { yield &tokens[index] }
    }

    mutating func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        first = InlineTokens.none
        last = InlineTokens.none
    }

    /// Adds a piece at the end; answers its number.
    @discardableResult
    mutating func append(_ token: InlineToken) -> Int { insert(token, after: last) }

    mutating func insert(_ token: InlineToken, before index: Int) {
        insert(token, after: tokens[index].previous)
    }

    /// Puts a piece behind the one at `index`, at the start for `none`.
    @discardableResult
    mutating func insert(_ token: InlineToken, after index: Int) -> Int {
        let new = tokens.count
        let following = index == InlineTokens.none ? first : tokens[index].next
        var token = token
        token.previous = index
        token.next = following
        tokens.append(token)
        if index == InlineTokens.none { first = new } else { tokens[index].next = new }
        if following == InlineTokens.none { last = new } else { tokens[following].previous = new }
        return new
    }
}
