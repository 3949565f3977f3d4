import Bytes
import JSON

/// One line of the report that answers a bulk load.
enum BulkResult: Equatable, Sendable {
    case added(line: Int)
    /// The record was there before, just as it is.
    case unchanged(line: Int)
    /// The record was not taken, and why.
    case failed(line: Int, reason: String)
    /// The last line: the report is whole.
    case summary(lines: Int)

    /// What `bytes`, a line without its line feed, says; nil if it is no line of a report.
    init?(_ bytes: UnsafeRawBufferPointer) {
        if let usual = unsafe BulkResult.usual(bytes) {
            self = usual
        } else if let parsed = unsafe BulkResult.parsed(bytes) {
            self = parsed
        } else {
            return nil
        }
    }

    /// The two forms that nearly all lines have, spelled as the services spell them; nil for all
    /// others.
    private static func usual(_ bytes: UnsafeRawBufferPointer) -> BulkResult? {
        var index = 0
        guard unsafe take("{\"line\":", bytes, &index),
            let line = unsafe number(bytes, &index),
            unsafe take(",\"id\":", bytes, &index), unsafe number(bytes, &index) != nil
        else { return nil }
        if index == bytes.count - 1, unsafe bytes[index] == UInt8(ascii: "}") {
            return .added(line: line)
        }
        guard unsafe take(",\"state\":\"unchanged\"}", bytes, &index), index == bytes.count else {
            return nil
        }
        return .unchanged(line: line)
    }

    private static func take(
        _ text: StaticString, _ bytes: UnsafeRawBufferPointer, _ index: inout Int
    ) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count else { return false }
        for offset in 0..<count where unsafe bytes[index + offset] != text.utf8Start[offset] {
            return false
        }
        index += count
        return true
    }

    private static func number(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Int? {
        var value = 0
        let first = index
        while index < bytes.count, ASCII.isDigit(unsafe bytes[index]) {
            guard index - first < 18 else { return nil }
            value = value * 10 + Int(unsafe bytes[index] &- 0x30)
            index += 1
        }
        return index > first ? value : nil
    }

    /// Any form that the contract allows.
    private static func parsed(_ bytes: UnsafeRawBufferPointer) -> BulkResult? {
        // What is not JSON is no line of a report either: the caller says so.
        guard let value = try? unsafe JSONValue.parse(bytes) else { return nil }
        if case .integer(let lines)? = value["summary"]?["lines"] {
            return .summary(lines: Int(lines))
        }
        guard case .integer(let line)? = value["line"] else { return nil }
        if let problem = value["problem"] {
            return .failed(line: Int(line), reason: ProblemText.text(problem))
        }
        if case .string("unchanged")? = value["state"] { return .unchanged(line: Int(line)) }
        return .added(line: Int(line))
    }
}
