/// Text with places for numbers: `/api/threads/{1..100000}` gets a new uniform number each time.
///
/// Only `{digits..digits}` is a place; every other brace is itself, so JSON bodies need no escapes.
struct Template: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case literal([UInt8])
        case number(ClosedRange<Int>)
    }

    let parts: [Part]

    init(_ text: String) throws(LoadFailure) { try self.init(bytes: Array(text.utf8)) }

    init(bytes: [UInt8]) throws(LoadFailure) {
        var parts: [Part] = []
        var literalStart = 0
        var position = 0
        while let open = bytes[position...].firstIndex(of: UInt8(ascii: "{")) {
            position = open + 1
            guard let (range, end) = try Self.range(in: bytes, at: open) else { continue }
            if open > literalStart { parts.append(.literal(Array(bytes[literalStart..<open]))) }
            parts.append(.number(range))
            literalStart = end
            position = end
        }
        if literalStart < bytes.count { parts.append(.literal(Array(bytes[literalStart...]))) }
        self.parts = parts
    }

    /// True when every rendering gives the same bytes.
    var isFixed: Bool {
        parts.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    func append(to bytes: inout [UInt8], using generator: inout SeededGenerator) {
        for part in parts {
            switch part {
            case .literal(let literal): bytes.append(contentsOf: literal)
            case .number(let range):
                ASCIIText.append(Int.random(in: range, using: &generator), to: &bytes)
            }
        }
    }

    /// The range that begins at `open` and the index behind it; nil for any other brace.
    private static func range(
        in bytes: [UInt8], at open: Int
    ) throws(LoadFailure) -> (ClosedRange<Int>, Int)? {
        let lowDigits = bytes[(open + 1)...].prefix(while: ASCIIText.isDigit)
        guard bytes[lowDigits.endIndex...].starts(with: "..".utf8) else { return nil }
        let highDigits = bytes[(lowDigits.endIndex + 2)...].prefix(while: ASCIIText.isDigit)
        guard bytes[highDigits.endIndex...].first == UInt8(ascii: "}") else { return nil }
        guard !lowDigits.isEmpty, !highDigits.isEmpty else { return nil }
        let text = String(decoding: bytes[open...highDigits.endIndex], as: UTF8.self)
        guard let low = ASCIIText.decimal(lowDigits), let high = ASCIIText.decimal(highDigits),
            high <= LoadLimits.templateNumberMax
        else { throw .usage("range \(text): numbers may not exceed 2^53") }
        guard low <= high else { throw .usage("range \(text) runs backwards") }
        return (low...high, highDigits.endIndex + 1)
    }
}
