/// One block of a document: a container of others, or a leaf with a part of the document's text.
struct Block {
    enum Kind: Equatable {
        case document
        case quote
        case list(ListStyle)
        case item(ListMarker)
        case paragraph
        case heading(level: Int)
        case rule
        case indentedCode
        case fencedCode(Fence)
        /// A paragraph that held nothing but definitions of links.
        case definitions
    }

    /// Stands for no block.
    static let none = -1

    var kind: Kind
    let parent: Int
    /// Quotes and items around and including this block.
    let depth: Int
    /// Where the line in which it began lies in the source.
    let openedAt: Int
    var isOpen = true
    /// Whether the last line that belonged to it was blank.
    var endsBlank = false

    var firstChild = Block.none
    var lastChild = Block.none
    var next = Block.none

    /// The text of a leaf.
    var content = 0..<0
}

extension Block.Kind {
    var isCode: Bool {
        switch self {
        case .indentedCode, .fencedCode: true
        default: false
        }
    }

    /// Whether nothing can lie inside.
    var isLeaf: Bool {
        switch self {
        case .document, .quote, .list, .item: false
        default: true
        }
    }

    /// A list holds items and nothing else; items lie nowhere else.
    func canHold(_ kind: Block.Kind) -> Bool {
        let isItem = if case .item = kind { true } else { false }
        switch self {
        case .list: return isItem
        case .document, .quote, .item: return !isItem
        default: return false
        }
    }
}

/// What the items of a list have in common.
struct ListStyle: Equatable {
    /// `-`, `+`, `*`, or the `.` or `)` behind a number.
    let character: UInt8
    /// The number of the first item; nil for bullets.
    let start: Int?
    /// Whether no blank line lies between its items: then their paragraphs have no element.
    var isTight = true

    /// Whether an item with this marker belongs to it.
    func matches(_ marker: ListMarker) -> Bool {
        character == marker.character && (start == nil) == (marker.number == nil)
    }
}
