package import Bytes
package import HTTP

/// The query of a request: `name=value` pairs, values percent-decoded when asked for.
///
/// Names are compared as written. Parameters that nobody asks for are ignored. One that is asked
/// for and given twice, or spelled so that it cannot be decoded, is 400 `malformed`.
package struct QueryParameters: Sendable {
    /// One pair, as places in the head's bytes.
    struct Pair {
        let whole: Slice
        let name: Slice
        let value: Slice
    }

    private let storage: HeadStorage
    private let query: Slice?

    /// The query of the request that starts with `head`.
    package init(_ head: RequestHead) {
        storage = head.storage
        query = head.query
    }

    /// The decoded value of `name`; nil when it is absent.
    package func text(_ name: StaticString) throws(APIError) -> String? {
        guard let query else { return nil }
        var rest = query
        var found: Slice?
        while let pair = next(&rest) {
            guard isNamed(pair, name) else { continue }
            if found != nil { throw .malformed("query parameter '\(name)' is given twice") }
            found = pair.value
        }
        guard let found else { return nil }
        guard let text = decoded(found) else {
            throw .malformed("query parameter '\(name)' is not percent-encoded UTF-8")
        }
        return text
    }

    /// The whole number of `name`, within `range`.
    package func integer(
        _ name: StaticString, in range: ClosedRange<Int64>
    ) throws(APIError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let number = DecimalText.parse(text), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            throw .malformed("query parameter '\(name)' is a whole number from \(bounds)")
        }
        return number
    }

    /// The id of a `Thing`.
    package func id<Thing>(
        _ name: StaticString, as type: Thing.Type
    ) throws(APIError) -> ID<Thing>? {
        try integer(name, in: 1...ID<Thing>.rawValueMax).map { ID($0) }
    }

    /// One of the words that `Word` knows.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type
    ) throws(APIError) -> Word? where Word.RawValue == String {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .malformed("query parameter '\(name)' is one of: \(words)")
        }
        return word
    }

    /// The pairs as written, without those called `names`: to build links to neighbouring pages.
    func written(without names: [StaticString]) -> [String] {
        guard var rest = query else { return [] }
        var kept: [String] = []
        while let pair = next(&rest) {
            if pair.whole.isEmpty || names.contains(where: { isNamed(pair, $0) }) { continue }
            kept.append(storage.text(pair.whole))
        }
        return kept
    }

    /// Most values are spelled as they are: only the others pass through the decoder.
    private func decoded(_ value: Slice) -> String? {
        let bytes = unsafe storage.bytes(value)
        let isPlain = unsafe bytes.allSatisfy {
            $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+")
        }
        if isPlain { return unsafe String(validating: bytes, as: UTF8.self) }
        return unsafe PercentEncoding.decodeText(bytes, plusIsSpace: true)
    }

    private func isNamed(_ pair: Pair, _ name: StaticString) -> Bool {
        let bytes = unsafe storage.bytes(pair.name)
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<bytes.count where unsafe bytes[index] != name.utf8Start[index] {
            return false
        }
        return true
    }

    /// Takes the next pair off `rest`; nil when nothing is left.
    private func next(_ rest: inout Slice) -> Pair? {
        guard !rest.isEmpty else { return nil }
        let bytes = unsafe storage.bytes(rest)
        let end = unsafe bytes.firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
        let whole = Slice(offset: rest.lower, count: end)
        let pair = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<end])
        let sign = unsafe pair.firstIndex(of: UInt8(ascii: "=")) ?? end
        rest = rest.dropping(min(end + 1, bytes.count))
        return Pair(
            whole: whole, name: Slice(offset: whole.lower, count: sign),
            value: whole.dropping(min(sign + 1, end)))
    }
}
