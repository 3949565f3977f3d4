/// What a command accepts on its command line, declared once: parsing and `--help` both follow it.
package struct Command: Sendable {
    /// An option such as `--port N`, or a switch such as `--seed` when `value` is nil.
    package struct Option: Sendable {
        package let name: String
        package let value: String?
        package let help: String

        package init(_ name: String, _ value: String? = nil, _ help: String) {
            self.name = name
            self.value = value
            self.help = help
        }
    }

    /// As typed, with its program: `forum up`.
    package let name: String
    /// One sentence.
    package let summary: String
    /// The operands as `--help` shows them, such as `FILE.json`; empty for none.
    package let operands: String
    /// How many operands are accepted.
    package let operandCount: ClosedRange<Int>
    package let options: [Option]
    /// Further paragraphs of the help text.
    package let details: String

    package init(
        _ name: String, _ summary: String, operands: String = "",
        operandCount: ClosedRange<Int> = 0...0, options: [Option] = [], details: String = ""
    ) {
        self.name = name
        self.summary = summary
        self.operands = operands
        self.operandCount = operandCount
        self.options = options
        self.details = details
    }

    /// The text of `--help`.
    package var help: String {
        var usage = "Usage: \(name)"
        if !options.isEmpty { usage += " [options]" }
        if !operands.isEmpty { usage += " \(operands)" }
        var parts = [summary, usage]
        if !options.isEmpty { parts.append("Options:\n" + optionLines) }
        if !details.isEmpty { parts.append(details) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var optionLines: String {
        let shown = options + [Option("--help", nil, "this text")]
        let heads = shown.map { "  \($0.name)" + ($0.value.map { " \($0)" } ?? "") }
        let width = (heads.map(\.count).max() ?? 0) + 3
        return zip(heads, shown)
            .map { head, option in
                head + String(repeating: " ", count: width - head.count) + option.help
            }
            .joined(separator: "\n")
    }
}
