/// One setting of a process: the variable it is read from, what it accepts, what it is for.
package struct Setting<Value: Sendable>: Sendable {
    /// The variable in the environment.
    package let name: String
    /// What it accepts, to finish the sentence "expected …".
    package let expects: String
    /// One sentence for the person who sets it.
    package let help: String
    /// Its value is never printed.
    package let isSecret: Bool
    let parse: @Sendable (String) -> Value?

    init(
        _ name: String, expects: String, _ help: String, isSecret: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.name = name
        self.expects = expects
        self.help = help
        self.isSecret = isSecret
        self.parse = parse
    }
}

extension Setting where Value == Int {
    static func integer(_ name: String, _ range: ClosedRange<Int>, _ help: String) -> Setting {
        Setting(
            name, expects: "a whole number in \(range.lowerBound)…\(range.upperBound)", help
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }
}

extension Setting where Value == Bool {
    static func toggle(_ name: String, _ help: String) -> Setting {
        Setting(name, expects: "1 or 0", help) { ["1": true, "0": false][$0] }
    }
}

extension Setting where Value == String {
    static func text(_ name: String, _ help: String, isSecret: Bool = false) -> Setting {
        Setting(name, expects: "text", help, isSecret: isSecret) { $0 }
    }

    static func choice(_ name: String, _ words: [String], _ help: String) -> Setting {
        Setting(name, expects: words.joined(separator: ", "), help) {
            words.contains($0) ? $0 : nil
        }
    }

    static func address(_ name: String, _ help: String) -> Setting {
        Setting(name, expects: "an IPv4 address such as 127.0.0.1", help) { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 4 && parts.allSatisfy({ UInt8($0) != nil }) ? text : nil
        }
    }
}
