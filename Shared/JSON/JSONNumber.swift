/// A number with a fraction, an exponent or too many digits for 64 bits: kept as written, so that
/// nothing is rounded by passing through.
package struct JSONNumber: Equatable, Sendable {
    /// The characters of the number, by the grammar of RFC 8259 §6.
    package let text: String

    init(checked text: String) { self.text = text }

    /// The nearest double; infinite when the number is beyond all doubles.
    package var double: Double { Double(text) ?? .nan }

    /// Whether it has neither fraction nor exponent, only more digits than 64 bits hold.
    var isWhole: Bool {
        text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-") }
    }
}
