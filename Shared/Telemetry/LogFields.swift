import JSON

/// What a log line says beside its message, in the order written.
package struct LogFields: Sendable, ExpressibleByDictionaryLiteral {
    /// A value as a log line carries it. Literals stand for themselves.
    package enum Value: Sendable, Equatable {
        case text(String)
        case integer(Int)
        case number(Double)
        case bool(Bool)
    }

    private(set) var list: [(name: String, value: Value)] = []

    package init(dictionaryLiteral elements: (String, Value)...) { list = elements }

    /// Adds one more.
    package mutating func append(_ name: String, _ value: Value) { list.append((name, value)) }
}

extension LogFields.Value: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    package init(stringLiteral text: String) { self = .text(text) }
    package init(integerLiteral integer: Int) { self = .integer(integer) }
    package init(floatLiteral number: Double) { self = .number(number) }
    package init(booleanLiteral bool: Bool) { self = .bool(bool) }

    func write(into line: inout JSONWriter) {
        switch self {
        case .text(let text): line.string(Log.cut(text))
        case .integer(let integer): line.integer(integer)
        case .number(let number): line.number(number)
        case .bool(let bool): line.bool(bool)
        }
    }
}
