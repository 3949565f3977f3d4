import Glibc

/// The settings of a process, read once from its environment.
///
/// Reading never fails by itself: faults are collected, so that one start names all of them.
package struct Environment {
    /// A setting in force, for the start-up lines and `--help`.
    package struct Line: Equatable, Sendable {
        package let name: String
        /// As text; secrets are masked.
        package let value: String
        package let isDefault: Bool
        package let help: String
    }

    private let variables: [String: String]
    /// What was read, in the order of reading.
    package private(set) var lines: [Line] = []
    /// What is wrong, a sentence for each fault.
    package private(set) var faults: [String] = []

    /// Reads from `variables` instead of the process's own: for tests.
    package init(_ variables: [String: String]) {
        self.variables = variables
        for name in variables.keys.sorted()
        where name.hasPrefix(Settings.prefix) && !Settings.names.contains(name) {
            let near = Spelling.nearest(to: name, in: Settings.names)
            faults.append(
                "\(name): there is no such setting" + (near.map { "; did you mean \($0)?" } ?? ""))
        }
    }

    /// The environment of this process.
    package static func current() -> Environment {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            unsafe entry += 1
        }
        return Environment(variables)
    }

    /// The value set, or `defaultValue` if the variable is absent or does not parse.
    package mutating func read<Value>(
        _ setting: Setting<Value>, default defaultValue: Value
    ) -> Value {
        guard let text = variables[setting.name] else {
            note(setting, "\(defaultValue)", isDefault: true)
            return defaultValue
        }
        guard let value = setting.parse(text) else {
            let shown = setting.isSecret ? "a value" : "'\(text)'"
            faults.append("\(setting.name): expected \(setting.expects), got \(shown)")
            return defaultValue
        }
        note(setting, text, isDefault: false)
        return value
    }

    /// Adds a fault that only the reader of several settings can see.
    package mutating func complain<Value>(_ setting: Setting<Value>, _ fault: String) {
        faults.append("\(setting.name): \(fault)")
    }

    private mutating func note<Value>(
        _ setting: Setting<Value>, _ text: String, isDefault: Bool
    ) {
        let shown = setting.isSecret && !text.isEmpty ? "(secret)" : text
        lines.append(
            Line(name: setting.name, value: shown, isDefault: isDefault, help: setting.help))
    }
}
