import Bytes

/// Where a link leads.
struct Link {
    /// nil when the address may not stand in a link; then its text stands alone.
    let address: SafeAddress?
    /// May be empty.
    let title: String

    init(address: SafeAddress?, title: String = "") {
        self.address = address
        self.title = title
    }

    /// The link whose parts lie at these places.
    init(_ text: [UInt8], address: Range<Int>, title: Range<Int>?) {
        self.init(
            address: SafeAddress(Unescaped.bytes(text, address)),
            title: title.map { String(decoding: Unescaped.bytes(text, $0), as: UTF8.self) } ?? "")
    }

    /// Bytes that each use of it adds to the page.
    var byteCount: Int { (address?.text.utf8.count ?? 0) + title.utf8.count }
}

/// One `[label]: address "title"` at the start of a paragraph.
struct LinkDefinition {
    let label: String
    let link: Link

    /// Takes a definition with its line end; nil when none comes next, and then the scanner stands
    /// anywhere.
    init?(_ scanner: inout LinkScanner) {
        let text = scanner.text
        guard let label = scanner.label(), scanner.take(ASCII.colon) else { return nil }
        self.label = LinkLabel.normalized(text[label])
        scanner.takeSpace()
        guard !self.label.isEmpty, let address = scanner.address() else { return nil }
        let afterAddress = scanner.position
        var title: Range<Int>?
        if scanner.takeSpace() { title = scanner.title() }
        if title == nil || !scanner.takeLineEnd() {
            // What looked like a title is the text of the next line.
            title = nil
            scanner.goBack(to: afterAddress)
            guard scanner.takeLineEnd() else { return nil }
        }
        link = Link(text, address: address, title: title)
    }
}

/// How labels are compared: without regard to case and to the amount of white space.
enum LinkLabel {
    /// Empty when the label holds nothing but white space.
    static func normalized(_ label: ArraySlice<UInt8>) -> String {
        let words = label.split(whereSeparator: CharacterClass.isSpace)
        let joined = String(
            decoding: Array(words.joined(separator: [ASCII.space])), as: UTF8.self)
        // Both ways, because some letters have a capital of two letters.
        return joined.lowercased().uppercased()
    }
}

/// The definitions of a document, by label. The first of several wins.
struct LinkDefinitions {
    private var links: [String: Link] = [:]

    var isEmpty: Bool { links.isEmpty }

    mutating func add(_ definition: LinkDefinition) {
        if links[definition.label] == nil { links[definition.label] = definition.link }
    }

    /// The link that a label stands for.
    func link(_ label: ArraySlice<UInt8>) -> Link? {
        isEmpty ? nil : links[LinkLabel.normalized(label)]
    }
}
