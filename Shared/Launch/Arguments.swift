/// The words of a command line, checked against a `Command`.
package struct Arguments: Sendable {
    /// What stands for itself, in order.
    package private(set) var operands: [String] = []
    /// `--help` or `-h` was among the words; then nothing else was checked.
    package private(set) var wantsHelp = false
    private var values: [String: [String]] = [:]
    private let command: Command

    /// Reads `words`, the program's and the command's names not among them. Options are written
    /// `--name value` or `--name=value`; `--` ends them.
    package init(_ words: [String], of command: Command) throws(UsageError) {
        self.command = command
        if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            wantsHelp = true
            return
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            if word.hasPrefix("-"), word != "-" {
                try takeOption(word, &rest)
            } else {
                operands.append(word)
            }
        }
        try checkOperands()
    }

    /// Whether a switch was given.
    package func has(_ name: String) -> Bool { values[name] != nil }

    /// The last value of an option.
    package func text(_ name: String) -> String? { values[name]?.last }

    /// All values of an option, in order.
    package func texts(_ name: String) -> [String] { values[name] ?? [] }

    /// The value of an option as a number in `range`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let expected = "a whole number in \(range.lowerBound)…\(range.upperBound)"
            throw refuse("\(name) \(text): expected \(expected)")
        }
        return number
    }

    /// A usage error of this command, for what only its owner can check.
    package func refuse(_ reason: String) -> UsageError {
        UsageError(command: command.name, reason: reason)
    }

    private mutating func takeOption(
        _ word: String, _ rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = command.options.first(where: { $0.name == name }) else {
            let near = Spelling.nearest(to: name, in: command.options.map(\.name))
            throw refuse("unknown option \(name)" + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        guard let value = option.value else {
            if parts.count == 2 { throw refuse("\(name) takes no value") }
            values[name, default: []].append("")
            return
        }
        if parts.count == 2 {
            values[name, default: []].append(String(parts[1]))
        } else if let next = rest.popFirst() {
            values[name, default: []].append(next)
        } else {
            throw refuse("\(name) needs a value: \(name) \(value)")
        }
    }

    private func checkOperands() throws(UsageError) {
        if operands.count > command.operandCount.upperBound {
            throw refuse("'\(operands[command.operandCount.upperBound])' is one word too many")
        }
        if operands.count < command.operandCount.lowerBound {
            throw refuse("\(command.operands) is missing")
        }
    }
}

/// A command line that makes no sense: one line, exit code 64.
package struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
    package let command: String
    package let reason: String

    package init(command: String, reason: String) {
        self.command = command
        self.reason = reason
    }

    package var description: String { "\(command): \(reason) (see \(command) --help)" }
}
