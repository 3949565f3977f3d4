import Bytes
import JSON
package import SQLite

/// What an event is about: the number of a thing, or a text where a number is not enough.
package enum EventKey: Hashable, Sendable {
    /// Not negative, such as the id of a user.
    case number(Int64)
    /// At most `OutboxLimits.keyBytesMax` bytes of UTF-8, without U+0000.
    case text(String)

    /// The number; nil for a text.
    package var number: Int64? {
        if case .number(let number) = self { number } else { nil }
    }

    /// Whether a store and its readers take it.
    var isValid: Bool {
        switch self {
        case .number(let number): number >= 0
        case .text(let text):
            text.utf8.count <= OutboxLimits.keyBytesMax && !text.utf8.contains(0)
        }
    }
}

/// In the order of SQLite: numbers before texts, texts by their bytes.
extension EventKey: Comparable {
    package static func < (left: EventKey, right: EventKey) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        case (.number, .text): true
        case (.text, .number): false
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        }
    }
}

extension EventKey: Bindable {
    /// A whole number or a text, in a column of type ANY.
    package func bind(
        to statement: borrowing Statement, at position: Int32
    ) throws(DatabaseError) {
        switch self {
        case .number(let number): try statement.bind(number, at: position)
        case .text(let text): try statement.bind(text, at: position)
        }
    }

    /// The key in `column`, which `isNumber` says the type of: `typeof(key) = 'integer'`.
    init(_ row: borrowing Row, _ column: Int32, isNumber: Bool) {
        self = isNumber ? .number(row.int64(column)) : .text(row.text(column))
    }
}

// The spelling in a query: a number as its digits, a text as a string of JSON, so that "7" and 7
// stay two keys.
extension EventKey {
    var parameter: String {
        switch self {
        case .number(let number): return "\(number)"
        case .text(let text):
            var json = JSONWriter(capacity: text.utf8.count + 2)
            json.string(text)
            return json.finish().text
        }
    }

    /// The key that `parameter` spells; nil if it spells none.
    init?(parameter: String) {
        if let number = DecimalText.parse(parameter) {
            self = .number(number)
            return
        }
        // What is not JSON is no key; which byte is wrong helps nobody here.
        guard case .string(let text)? = try? JSONValue.parse(ByteString(parameter)) else {
            return nil
        }
        self = .text(text)
        if !isValid { return nil }
    }
}

extension JSONWriter {
    mutating func key(of key: EventKey) {
        switch key {
        case .number(let number): integer(number)
        case .text(let text): string(text)
        }
    }
}
