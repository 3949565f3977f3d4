import Bytes
import JSON

/// One line of a page: `{"seq":7,"at":…,"kind":"user.changed","key":4,"version":2,"body":{…}}`. The
/// rows of a snapshot have neither `seq` nor `at`.
struct FeedLine {
    private var seq: Int64?
    private var at: Int64?
    private var kind: String?
    private var key: EventKey?
    private var version: Int64?
    private var body: ByteString?

    /// What is wrong with a line, for a sentence that names it.
    struct Fault: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    /// Reads `line`; members that this version does not know are passed over.
    init(_ line: ByteString) throws {
        do {
            try JSONReader.read(line) { reader in
                guard try reader.next() == .beginObject else { throw Fault("no object") }
                while case .key(let name) = try reader.next() { try take(name, &reader, line) }
                _ = try reader.next()
            }
        } catch let error as JSONError {
            throw Fault("\(error)")
        }
    }

    /// An entry of a feed.
    func entry() throws -> FeedEntry {
        guard let seq, let at else { throw Fault("no seq or no at") }
        return FeedEntry(seq: seq, at: at, event: try event())
    }

    /// An event, with or without its place in a feed.
    func event() throws -> Event {
        guard let kind, let key, let version, let body else {
            throw Fault("kind, key, version or body is missing")
        }
        return Event(kind: kind, key: key, version: version, body: body)
    }

    private mutating func take(
        _ name: JSONText, _ reader: inout JSONReader, _ line: ByteString
    ) throws {
        if reader.spells(name, "seq") {
            try FeedLine.set(&seq, FeedLine.number(&reader))
        } else if reader.spells(name, "at") {
            try FeedLine.set(&at, FeedLine.number(&reader))
        } else if reader.spells(name, "kind") {
            try FeedLine.set(&kind, FeedLine.kind(&reader))
        } else if reader.spells(name, "key") {
            try FeedLine.set(&key, FeedLine.key(&reader))
        } else if reader.spells(name, "version") {
            try FeedLine.set(&version, FeedLine.number(&reader))
        } else if reader.spells(name, "body") {
            let start = reader.offset
            try reader.skipValue()
            let bytes = line.slice(from: start, count: reader.offset - start)
            guard bytes.count <= OutboxLimits.bodyBytesMax else { throw Fault("a body too large") }
            try FeedLine.set(&body, bytes)
        } else {
            try reader.skipValue()
        }
    }

    private static func set<Value>(_ member: inout Value?, _ value: Value) throws {
        guard member == nil else { throw Fault("a member twice") }
        member = value
    }

    private static func number(_ reader: inout JSONReader) throws -> Int64 {
        guard case .integer(let number) = try reader.next(), number >= 0 else {
            throw Fault("no whole number where one is wanted")
        }
        return number
    }

    private static func kind(_ reader: inout JSONReader) throws -> String {
        guard case .string(let text) = try reader.next() else { throw Fault("no kind") }
        let kind = reader.text(text)
        guard Event.isWord(kind) else { throw Fault("a kind that is no short word") }
        return kind
    }

    private static func key(_ reader: inout JSONReader) throws -> EventKey {
        let key: EventKey
        switch try reader.next() {
        case .integer(let number): key = .number(number)
        case .string(let text): key = .text(reader.text(text))
        default: throw Fault("a key that is neither number nor text")
        }
        guard key.isValid else { throw Fault("a key that is negative, long or has a NUL") }
        return key
    }
}

extension JSONWriter {
    /// Writes a line of a feed.
    mutating func line(_ entry: FeedEntry) {
        beginObject()
        key("seq")
        integer(entry.seq)
        key("at")
        integer(entry.at)
        members(entry.event)
        endObject()
        endLine()
    }

    /// Writes a line of a snapshot.
    mutating func line(_ event: Event) {
        beginObject()
        members(event)
        endObject()
        endLine()
    }

    private mutating func members(_ event: Event) {
        key("kind")
        string(event.kind)
        key("key")
        key(of: event.key)
        key("version")
        integer(event.version)
        key("body")
        raw(event.body)
    }
}
