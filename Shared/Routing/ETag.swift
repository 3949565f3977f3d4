package import Bytes

/// A strong entity tag (RFC 9110 §8.8.3), quotes included.
///
/// A tag may have a part after `~` for foreign cards inside the representation: it counts for
/// `If-None-Match`, where a renamed author must defeat a 304, and not for `If-Match`, where it
/// must not look like an edit.
package struct ETag: Equatable, Sendable {
    /// The state of something of another service that a representation contains.
    package struct Card: Sendable {
        let kind: Character
        let id: Int64
        let version: Int64

        /// A card of a user is `Card("u", 4, version: 9)`.
        package init(_ kind: Character, _ id: Int64, version: Int64) {
            self.kind = kind
            self.id = id
            self.version = version
        }
    }

    /// As it is sent: `"p812.4"`.
    package let text: String

    /// `opaque` is printable ASCII without quotes and spaces: `p812.4`, `p812.4~u4.9`.
    package init(_ opaque: String) {
        precondition(opaque.utf8.allSatisfy(ETag.isOpaque), "an entity tag is printable ASCII")
        text = "\"\(opaque)\""
    }

    /// One that was sent before, as it was sent.
    package init(sent text: String) { self.text = text }

    /// `"<kind><id>.<version>"`, made without a detour over other strings.
    package init(_ kind: Character, _ id: Int64, version: Int64) {
        text = ETag.text(Card(kind, id, version: version), EmptyCollection())
    }

    /// The same with one card: `"p812.4~u4.9"`.
    package init(_ kind: Character, _ id: Int64, version: Int64, card: Card) {
        text = ETag.text(Card(kind, id, version: version), CollectionOfOne(card))
    }

    /// The same with several cards, in their order: `"t7.2~u4.9~u5.1"`. More than four are told by
    /// a hash of them, so that a tag stays short; without cards there is no `~`.
    package init(_ kind: Character, _ id: Int64, version: Int64, cards: [Card]) {
        let own = Card(kind, id, version: version)
        text =
            cards.count <= ETag.cardsSpelledMax
            ? ETag.text(own, cards)
            : ETag.text(own, EmptyCollection(), rest: ETag.hash(of: cards))
    }

    /// The tag of a representation that is nobody else's, such as one with a `me` block: a hash of
    /// its bytes.
    package init(hashing representation: ByteString) {
        let hash = String(ByteHash.of(representation), radix: 16)
        text = "\"h\(hash).\(representation.count)\""
    }

    private static let cardsSpelledMax = 4

    /// Equal for equal cards in the same order.
    private static func hash(of cards: [Card]) -> UInt64 {
        cards.reduce(ByteHash.start) { hash, card in
            let kind = ByteHash.adding(word: UInt64(card.kind.asciiValue ?? 0), to: hash)
            let id = ByteHash.adding(word: UInt64(bitPattern: card.id), to: kind)
            return ByteHash.adding(word: UInt64(bitPattern: card.version), to: id)
        }
    }

    /// `rest` stands for cards that are not spelled.
    private static func text(
        _ own: Card, _ cards: some Collection<Card>, rest: UInt64? = nil
    ) -> String {
        let room = (cards.count + 1) * (2 * DecimalText.digitsMax + 3) + 1 + hexDigits + 1
        return unsafe withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { all in
            unsafe all[0] = UInt8(ascii: "\"")
            var end = unsafe write(own, into: all, at: 1)
            for card in cards {
                unsafe all[end] = UInt8(ascii: "~")
                end = unsafe write(card, into: all, at: end + 1)
            }
            if let rest {
                unsafe all[end] = UInt8(ascii: "~")
                for digit in 0..<hexDigits {
                    let value = UInt8(truncatingIfNeeded: rest >> UInt64(4 * (15 - digit)))
                    unsafe all[end + 1 + digit] = ASCII.hexDigit(value & 15)
                }
                end += 1 + hexDigits
            }
            unsafe all[end] = UInt8(ascii: "\"")
            return unsafe String(decoding: all[...end], as: UTF8.self)
        }
    }

    private static let hexDigits = 16

    /// Writes `<kind><id>.<version>` and answers where it ends.
    private static func write(
        _ card: Card, into all: UnsafeMutableRawBufferPointer, at start: Int
    ) -> Int {
        let letter = card.kind.asciiValue ?? 0
        precondition(ETag.isOpaque(letter), "the kind is one ASCII letter")
        unsafe all[start] = letter
        let dot = unsafe start + 1 + write(card.id, into: all, at: start + 1)
        unsafe all[dot] = UInt8(ascii: ".")
        return unsafe dot + 1 + write(card.version, into: all, at: dot + 1)
    }

    private static func write(
        _ number: Int64, into all: UnsafeMutableRawBufferPointer, at start: Int
    ) -> Int {
        unsafe DecimalText.write(
            number, into: UnsafeMutableRawBufferPointer(rebasing: all[start...]))
    }

    /// The characters of an opaque tag, obs-text left out (RFC 9110 §8.8.3).
    static func isOpaque(_ byte: UInt8) -> Bool { byte == 0x21 || (0x23...0x7e).contains(byte) }
}
