package import Bytes
import JSON

/// Something that has become true in one service, as the others are told of it.
///
/// A *state* carries everything others may know of one thing, and a version that grows with every
/// change: it may come twice, late, or not at all when a newer one follows. A *fact* happened once
/// and has version 0; its key is what makes a second delivery recognisable. A kind is always of
/// states or always of facts.
package struct Event: Equatable, Sendable {
    /// A word such as `user.changed`: 1…64 letters, digits, `.`, `-` and `_`.
    package let kind: String
    /// What it is about; unique for each fact of its kind.
    package let key: EventKey
    /// At least 1 for states, 0 for facts.
    package let version: Int64
    /// One JSON value on one line.
    package let body: ByteString

    /// The state of the thing `key`. By convention `user.changed` is what a snapshot of the kind
    /// `user` is made of.
    package static func state(
        _ kind: String, key: EventKey, version: Int64, body: ByteString
    ) -> Event {
        precondition(version >= 1, "the versions of a state start at 1")
        return Event(checking: kind, key, version, body)
    }

    /// Something that happened once, under a key of its own.
    package static func fact(_ kind: String, key: EventKey, body: ByteString) -> Event {
        Event(checking: kind, key, 0, body)
    }

    /// A fact for whoever projects `snapshot`: the things `range` are better read from a snapshot,
    /// because a bulk load has written them without an event each.
    package static func resync(_ snapshot: String, _ range: ClosedRange<Int64>) -> Event {
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        json.key("kind")
        json.string(snapshot)
        json.key("from")
        json.integer(range.lowerBound)
        json.key("to")
        json.integer(range.upperBound)
        json.endObject()
        let key = "\(snapshot):\(range.lowerBound)-\(range.upperBound)"
        return fact(resyncKind, key: .text(key), body: json.finish())
    }

    /// The kind of the events that `resync` makes.
    package static let resyncKind = "resync"

    /// The kind of the events that a snapshot of `snapshot` is made of: `user` → `user.changed`.
    package static func kind(ofSnapshot snapshot: String) -> String { "\(snapshot).changed" }

    /// Whether it is a state and not a fact.
    package var isState: Bool { version > 0 }

    private init(checking kind: String, _ key: EventKey, _ version: Int64, _ body: ByteString) {
        precondition(Event.isWord(kind), "a kind is a short word, not '\(kind)'")
        precondition(key.isValid, "a key is not negative, short, and has no NUL")
        self.init(kind: kind, key: key, version: version, body: body)
    }

    /// An event whose parts were checked before, by the store or by the reader of a feed.
    init(kind: String, key: EventKey, version: Int64, body: ByteString) {
        self.kind = kind
        self.key = key
        self.version = version
        self.body = body
    }

    static func isWord(_ text: String) -> Bool {
        (1...OutboxLimits.kindBytesMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
