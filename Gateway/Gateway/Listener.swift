/// A port that takes requests, and the rules that say where they go.
package struct Listener: Sendable, Hashable {
    /// The address to bind, dotted-decimal; `0.0.0.0` for all.
    package let address: String
    /// 0 asks the system for any free port.
    package let port: UInt16
    /// In ascending priority, the default rule last.
    package let rules: [ListenerRule]

    /// Orders the rules and puts the default action behind them.
    package init(
        address: String = "0.0.0.0", port: UInt16, rules: [ListenerRule], defaultAction: RuleAction
    ) {
        self.address = address
        self.port = port
        let last = ListenerRule(priority: .default, conditions: [], action: defaultAction)
        self.rules = rules.sorted { $0.priority < $1.priority } + [last]
    }
}
