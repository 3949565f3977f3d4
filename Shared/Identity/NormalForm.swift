@_spi(_Unicode) import Swift

/// One spelling for texts that are the same to a reader (NFC, UAX #15): an é is one scalar, whether
/// the keyboard sent one or two.
///
/// The standard library compares texts by this form and keeps its normaliser behind an SPI, the
/// same that FoundationEssentials normalises with; neither has a public door to it. Tables of our
/// own would be a second truth about Unicode. Should a toolchain take the SPI away, this one file
/// does not compile, and no stored password has silently changed its spelling.
enum NormalForm {
    /// The composed form of `text`.
    static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text._nfc)
        return String(scalars)
    }
}
