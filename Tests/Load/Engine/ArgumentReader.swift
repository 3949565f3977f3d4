/// Walks the command line: `--name value`, `--name=value`, and words that are neither.
struct ArgumentReader {
    enum Argument: Equatable {
        case option(String)
        case word(String)
    }

    private var rest: ArraySlice<String>
    /// The value of `--name=value`, until it is asked for.
    private var attached: String?
    private var current = ""
    private var onlyWords = false

    init(_ arguments: [String]) { rest = arguments[...] }

    mutating func next() throws(LoadFailure) -> Argument? {
        if attached != nil { throw .usage("\(current) takes no value") }
        guard let argument = rest.popFirst() else { return nil }
        if argument == "--", !onlyWords {
            onlyWords = true
            return try next()
        }
        guard argument.hasPrefix("-"), argument.count > 1, !onlyWords else {
            return .word(argument)
        }
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        current = String(parts[0])
        attached = parts.count == 2 ? String(parts[1]) : nil
        return .option(current)
    }

    /// What follows the option that `next` gave last.
    mutating func value() throws(LoadFailure) -> String {
        if let value = attached {
            attached = nil
            return value
        }
        guard let value = rest.popFirst() else { throw .usage("\(current) needs a value") }
        return value
    }

    mutating func integer(_ range: ClosedRange<Int>) throws(LoadFailure) -> Int {
        let text = try value()
        guard let number = ASCIIText.decimal(text.utf8), range.contains(number) else {
            throw .usage(
                "\(current) \(text): must be a number from \(range.lowerBound) to "
                    + "\(range.upperBound)")
        }
        return number
    }

    /// Nanoseconds of `250ms`, `3s`, `2m`, up to `limit`.
    mutating func duration(upTo limit: Int) throws(LoadFailure) -> Int {
        let text = try value()
        guard let duration = Self.nanoseconds(text), duration <= limit else {
            throw .usage(
                "\(current) \(text): must be a duration like 500ms, 3s or 2m, at most "
                    + "\(limit / Nanoseconds.second)s")
        }
        return duration
    }

    static func nanoseconds(_ text: String) -> Int? {
        let digits = text.utf8.prefix(while: ASCIIText.isDigit)
        guard digits.count <= 9, let number = ASCIIText.decimal(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "us", "µs": return number * Nanoseconds.microsecond
        case "ms": return number * Nanoseconds.millisecond
        case "s": return number * Nanoseconds.second
        case "m": return number * 60 * Nanoseconds.second
        default: return nil
        }
    }
}
