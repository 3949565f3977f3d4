import Bytes

/// The only place where markup is written. Elements and attributes come from closed lists, and what
/// goes into an attribute has a type that cannot hold anything else; all other bytes are escaped.
struct HTMLWriter {
    enum Element {
        case paragraph
        case heading(level: Int)
        case quote
        case bulletList
        case orderedList
        case item
        case preformatted
        case code
        case emphasis
        case strong
        case strike
        case link
        case span

        fileprivate var name: StaticString {
            switch self {
            case .paragraph: "p"
            case .heading(let level): Element.headings[level - 1]
            case .quote: "blockquote"
            case .bulletList: "ul"
            case .orderedList: "ol"
            case .item: "li"
            case .preformatted: "pre"
            case .code: "code"
            case .emphasis: "em"
            case .strong: "strong"
            case .strike: "del"
            case .link: "a"
            case .span: "span"
            }
        }

        private static let headings: [StaticString] = ["h1", "h2", "h3", "h4", "h5", "h6"]
    }

    enum Attribute {
        /// Where a link leads: nobody vouches for it, and the other page cannot reach this one.
        case address(SafeAddress)
        case title(String)
        case user(Int64)
        case quotedPost(Int64)
        case start(Int)
        case language(Language)
        case mention
        case image
    }

    private(set) var bytes: [UInt8] = []

    mutating func open(_ element: Element, _ attributes: [Attribute] = []) {
        raw("<")
        raw(element.name)
        for attribute in attributes { write(attribute) }
        raw(">")
    }

    mutating func close(_ element: Element) {
        raw("</")
        raw(element.name)
        raw(">")
    }

    mutating func rule() { raw("<hr />\n") }

    mutating func lineBreak() { raw("<br />\n") }

    /// Begins a picture; what is written until `endPicture` is its alternative text.
    mutating func beginPicture(_ address: SafeAddress, title: String) {
        raw("<img src=\"")
        escaped(Array(address.text.utf8)[...])
        if !title.isEmpty {
            raw("\"")
            write(.title(title))
            raw(" alt=\"")
        } else {
            raw("\" alt=\"")
        }
    }

    mutating func endPicture() { raw("\" />") }

    mutating func lineFeed() { bytes.append(ASCII.lineFeed) }

    /// Begins a new line unless this is the start of one.
    mutating func freshLine() {
        if let last = bytes.last, last != ASCII.lineFeed { lineFeed() }
    }

    /// Text, as content or in the quotes of an attribute.
    mutating func escaped(_ text: ArraySlice<UInt8>) {
        var plain = text.startIndex
        for index in text.indices {
            let entity: StaticString
            switch text[index] {
            case UInt8(ascii: "&"): entity = "&amp;"
            case UInt8(ascii: "<"): entity = "&lt;"
            case UInt8(ascii: ">"): entity = "&gt;"
            case UInt8(ascii: "\""): entity = "&quot;"
            default: continue
            }
            bytes.append(contentsOf: text[plain..<index])
            raw(entity)
            plain = index + 1
        }
        bytes.append(contentsOf: text[plain...])
    }

    mutating func escaped(_ scalar: Unicode.Scalar) {
        escaped(Array(String(scalar).utf8)[...])
    }

    /// Markup written before.
    mutating func copy(_ written: ArraySlice<UInt8>) { bytes.append(contentsOf: written) }

    private mutating func write(_ attribute: Attribute) {
        switch attribute {
        case .address(let address):
            write("href", address.text)
            write("rel", "nofollow ugc noopener")
        case .title(let title): write("title", title)
        case .user(let id): write("href", "/api/users/\(id)")
        case .quotedPost(let id): write("cite", "/api/posts/\(id)")
        case .start(let number): write("start", "\(number)")
        case .language(let language): write("class", "language-\(language.name)")
        case .mention: write("class", "mention")
        case .image: write("class", "image")
        }
    }

    private mutating func write(_ name: StaticString, _ value: String) {
        raw(" ")
        raw(name)
        raw("=\"")
        escaped(Array(value.utf8)[...])
        raw("\"")
    }

    private mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }
}
