/// A strict scanner for the little HTML that a rendered text may be. It shares nothing with the
/// renderer: it knows the list of what is allowed and refuses all else, also what browsers forgive.
struct HTMLChecker {
    /// What every link out of the forum carries.
    static let rel = " rel=\"nofollow ugc noopener\""

    private static let blocks: Set = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre",
    ]
    private static let inlines: Set = ["code", "em", "strong", "del", "a", "span"]
    private static let voids: Set = ["br", "hr", "img"]
    private static let attributes: [String: Set<String>] = [
        "blockquote": ["cite"], "ol": ["start"], "code": ["class"], "span": ["class"],
        "a": ["href", "rel", "title", "class"], "img": ["src", "title", "alt"],
    ]
    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"",
    ]

    private let source: [Unicode.Scalar]
    private let wantsRel: Bool
    private var position = 0
    private var open: [String] = []
    private(set) var faults: [String] = []

    /// What is wrong with `html`; nothing if it is safe.
    static func faults(in html: String, wantsRel: Bool = true) -> [String] {
        var checker = HTMLChecker(html, wantsRel: wantsRel)
        checker.run()
        return checker.faults
    }

    private init(_ html: String, wantsRel: Bool) {
        source = Array(html.unicodeScalars)
        self.wantsRel = wantsRel
    }

    private mutating func run() {
        while position < source.count, faults.count < 10 {
            if source[position] == "<" { tag() } else { text() }
        }
        if !open.isEmpty { fault("never closed: \(open)") }
    }

    private mutating func fault(_ what: String) { faults.append("\(what) at \(position)") }

    // Text.

    private mutating func text() {
        let start = position
        while position < source.count, source[position] != "<" { position += 1 }
        let content = string(start, position)
        checkCharacters(content)
        let isBlank = content.unicodeScalars.allSatisfy { $0 == "\n" }
        let holdsOnlyBlocks = open.isEmpty || ["ul", "ol", "blockquote"].contains(open.last!)
        if holdsOnlyBlocks, !isBlank { fault("text outside a paragraph: \(content)") }
    }

    private mutating func checkCharacters(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 9, 10: continue
            case 0x22, 0x3c, 0x3e: fault("bare \(scalar)")
            case 0..<32, 127..<160, 0x202a...0x202e, 0x2066...0x2069:
                fault("character \(scalar.value)")
            default: continue
            }
        }
        if text.utf8.contains(0x26) { _ = decoded(text) }
    }

    /// The text with its entities resolved; any other ampersand is a fault. By scalars: a mark
    /// behind a semicolon would make one character of both.
    private mutating func decoded(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "&" else {
                result.append(scalar)
                continue
            }
            let name = String(rest.prefix { $0 != ";" })
            guard let character = HTMLChecker.entities[name], name.unicodeScalars.count < rest.count
            else {
                fault("bare ampersand in \(text)")
                return text
            }
            result.append(character)
            rest = rest.dropFirst(name.unicodeScalars.count + 1)
        }
        return String(result)
    }

    // Tags.

    private mutating func tag() {
        position += 1
        if take("/") {
            let name = word()
            if !take(">") { fault("no end of </\(name)") }
            if open.popLast() != name { fault("</\(name)> closes something else") }
            return
        }
        let name = word()
        let found = readAttributes(of: name)
        if HTMLChecker.voids.contains(name) {
            if !(take("/") && take(">")) { fault("<\(name) is not closed") }
        } else if !take(">") {
            fault("no end of <\(name)")
        }
        checkPlace(of: name)
        checkValues(name, found)
        if !HTMLChecker.voids.contains(name) { open.append(name) }
    }

    private mutating func readAttributes(of name: String) -> [String: String] {
        var found: [String: String] = [:]
        while take(" ") {
            if position < source.count, source[position] == "/" { break }
            let attribute = word()
            guard take("="), take("\"") else {
                fault("attribute \(attribute) without a quoted value")
                return found
            }
            let start = position
            while position < source.count, source[position] != "\"" { position += 1 }
            let value = string(start, position)
            if !take("\"") { fault("attribute \(attribute) does not end") }
            checkCharacters(value)
            if found[attribute] != nil { fault("\(attribute) twice") }
            if !(HTMLChecker.attributes[name]?.contains(attribute) ?? false) {
                fault("<\(name) \(attribute)> is not allowed")
            }
            found[attribute] = decoded(value)
        }
        return found
    }

    /// Blocks lie in blocks, list items in lists, links in no links.
    private mutating func checkPlace(of name: String) {
        let isInline = HTMLChecker.inlines.contains(name) || name == "br" || name == "img"
        let isBlock = HTMLChecker.blocks.contains(name) || name == "hr"
        guard isInline || isBlock else { return fault("<\(name)> is not allowed") }
        let parent = open.last ?? ""
        let inList = parent == "ul" || parent == "ol"
        if (name == "li") != inList { fault("<\(name)> in <\(parent)>") }
        if isBlock, !["", "blockquote", "li", "ul", "ol"].contains(parent) {
            fault("block <\(name)> in <\(parent)>")
        }
        if isInline, ["", "blockquote", "ul", "ol"].contains(parent) {
            fault("<\(name)> outside a paragraph")
        }
        if parent == "pre" && name != "code" { fault("<\(name)> in <pre>") }
        if open.contains("code") { fault("<\(name)> in code") }
        if name == "a", open.contains("a") { fault("a link in a link") }
        if open.count > 100 { fault("\(open.count) elements deep") }
    }

    // Values.

    private mutating func checkValues(_ name: String, _ found: [String: String]) {
        let kind = found["class"]
        switch name {
        case "a": checkLink(found)
        case "img":
            if !AddressRule.isAttachment(found["src"] ?? "") { fault("src \(found["src"] ?? "")") }
            if found["alt"] == nil { fault("no alt") }
        case "blockquote":
            if let cite = found["cite"], !AddressRule.isPath(cite, "/api/posts/") {
                fault("cite \(cite)")
            }
        case "ol":
            if let start = found["start"], start.count > 9 || Int(start) == nil {
                fault("start \(start)")
            }
        case "span": if kind != "mention" { fault("class \(kind ?? "")") }
        case "code": if let kind, !AddressRule.isLanguage(kind) { fault("class \(kind)") }
        default: break
        }
    }

    private mutating func checkLink(_ found: [String: String]) {
        guard let address = found["href"] else { return fault("a link to nowhere") }
        if found["class"] == "mention" {
            let isAlone = found.count == 2
            if !isAlone || !AddressRule.isPath(address, "/api/users/") { fault("mention \(found)") }
            return
        }
        if let kind = found["class"], kind != "image" { fault("class \(kind)") }
        if wantsRel, found["rel"] != "nofollow ugc noopener" { fault("no rel") }
        if !AddressRule.isSafe(address) { fault("address \(address)") }
    }

    // Reading.

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard position < source.count, source[position] == scalar else { return false }
        position += 1
        return true
    }

    private mutating func word() -> String {
        let start = position
        while position < source.count {
            let value = source[position].value
            guard value &- 0x61 < 26 || value &- 0x31 < 6 else { break }
            position += 1
        }
        return string(start, position)
    }

    private func string(_ start: Int, _ end: Int) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: source[start..<end])
        return String(text)
    }
}
