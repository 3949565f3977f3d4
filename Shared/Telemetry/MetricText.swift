import Bytes

/// How the exposition format spells texts and numbers.
enum MetricText {
    /// Backslash and line feed are escaped everywhere, quotes in label values only.
    static func append(_ value: String, to text: inout ByteBuffer, escapingQuotes: Bool) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text.append("\\\\" as StaticString)
            case ASCII.lineFeed: text.append("\\n" as StaticString)
            case UInt8(ascii: "\"") where escapingQuotes: text.append("\\\"" as StaticString)
            default: text.append(byte)
            }
        }
    }

    /// The shortest text that reads back as the same number; whole numbers without a fraction.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }
}
