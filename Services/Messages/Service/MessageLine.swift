import Bytes
import JSON
import MessagesAPI

/// One line of a bulk load: a message with, perhaps, an id or a place in its file, and a time.
struct MessageLine: Equatable, Sendable {
    var new: NewMessage
    /// The id it must get.
    var id: ID<Message>?
    /// Which line or element of its file it was, counted from 1: with the content its identity.
    var place: Int64?
    /// When it was posted; the time of the load if not said.
    var createdAt: Timestamp?
}

extension MessageLine: JSONDecodable {
    init(from fields: inout JSONFields) {
        new = NewMessage(from: &fields)
        id = fields.optionalID("id", as: Message.self)
        place = fields.optionalInteger("place", in: 1...MessageLine.placeMax)
        createdAt = fields.optionalTimestamp("createdAt")
        if id != nil, place != nil {
            fields.complain("place", "excluded", "a message with an id needs no place")
        }
    }

    /// A file has at most as many lines as there are ids.
    static let placeMax = ID<Message>.rawValueMax
}

extension MessageLine {
    /// The line that `bytes` spell.
    static func read(_ bytes: UnsafeRawBufferPointer) throws -> MessageLine {
        try unsafe quick(bytes) ?? decode(bytes)
    }

    /// The line, read in one pass without intermediate values; nil for everything that is wrong or
    /// unusual, which the slower way then names or accepts.
    static func quick(_ bytes: UnsafeRawBufferPointer) -> MessageLine? {
        unsafe JSONReader.read(bytes) { reader in
            // What is wrong is found again, and named, by the slower way.
            (try? members(&reader)).flatMap { $0.line }
        }
    }

    private static func members(_ reader: inout JSONReader) throws(JSONError) -> QuickMembers {
        var members = QuickMembers()
        guard case .beginObject = try reader.next() else { return QuickMembers.unusual }
        while case .key(let name) = try reader.next() {
            let place = members.place(of: name, reader)
            switch try reader.next() {
            case .integer(let value) where place != QuickMembers.text:
                members.set(place, value)
            case .string(let text) where place == QuickMembers.text:
                members.set(text: reader.text(text), hasEscapes: text.hasEscapes)
            default:
                return QuickMembers.unusual
            }
        }
        guard case .end = try reader.next() else { return QuickMembers.unusual }
        return members
    }
}

/// The members of a line as they are found.
private struct QuickMembers {
    static let thread = 0
    static let user = 1
    static let id = 2
    static let place = 3
    static let text = 4
    static let other = 5

    static let unusual = QuickMembers(isUnusual: true)

    private var numbers: InlineArray<4, Int64> = [0, 0, 0, 0]
    private var content = ""
    private var isUnusual: Bool

    init(isUnusual: Bool = false) { self.isUnusual = isUnusual }

    func place(of name: JSONText, _ reader: borrowing JSONReader) -> Int {
        switch name.place.count {
        case 2: reader.spells(name, "id") ? QuickMembers.id : QuickMembers.other
        case 4:
            reader.spells(name, "text")
                ? QuickMembers.text
                : reader.spells(name, "user") ? QuickMembers.user : QuickMembers.other
        case 5: reader.spells(name, "place") ? QuickMembers.place : QuickMembers.other
        case 6: reader.spells(name, "thread") ? QuickMembers.thread : QuickMembers.other
        default: QuickMembers.other
        }
    }

    mutating func set(_ place: Int, _ value: Int64) {
        guard place < 4, numbers[place] == 0, (1...ID<Message>.rawValueMax).contains(value) else {
            isUnusual = true
            return
        }
        numbers[place] = value
    }

    mutating func set(text: String, hasEscapes: Bool) {
        let bytes = text.utf8.count
        let fits = bytes > 0 && bytes <= MessageLimits.textCharacters.upperBound
        if !fits || !content.isEmpty || hasEscapes && text.utf8.contains(0) { isUnusual = true }
        content = text
    }

    /// The line, if nothing was unusual and nothing is missing.
    var line: MessageLine? {
        let thread = numbers[QuickMembers.thread]
        let user = numbers[QuickMembers.user]
        let id = numbers[QuickMembers.id]
        let place = numbers[QuickMembers.place]
        guard !isUnusual, thread > 0, user > 0, !content.isEmpty, id == 0 || place == 0 else {
            return nil
        }
        return MessageLine(
            new: NewMessage(thread: ID(thread), text: content, user: ID(user)),
            id: id > 0 ? ID(id) : nil, place: place > 0 ? place : nil)
    }
}
