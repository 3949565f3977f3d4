package import Bytes
package import HTTPClient

/// Where every request goes, as one moment saw it: rules and targets together. Immutable.
///
/// The control plane publishes a new table to each loop; a request keeps the one it began with.
package final class RoutingTable: Sendable {
    /// The rules of all listeners, made ready once for a configuration.
    package let rules: RuleBook
    /// By the index of the group in the configuration.
    package let targetSets: [TargetSet]

    package init(rules: RuleBook, targetSets: [TargetSet]) {
        self.rules = rules
        self.targetSets = targetSets
    }

    /// The rule of a listener that takes a request for `path`; nil once the listener is configured
    /// no more.
    package func rule(listener slot: Int, path: UnsafeRawBufferPointer) -> RoutedRule? {
        guard slot < rules.listeners.count else { return nil }
        return unsafe rules.listeners[slot]?.rule(for: path)
    }
}

/// The rules of a configuration, ready for matching.
package final class RuleBook: Sendable {
    /// By slot; nil where a listener was once.
    package let listeners: [ListenerBook?]
    package let timeouts: UpstreamTimeouts

    /// `slots` numbers the listeners of the configuration, in their order.
    package init(_ configuration: GatewayConfiguration, slots: [Int]) {
        precondition(slots.count == configuration.listeners.count, "each listener has a slot")
        let names = configuration.targetGroups.map(\.name)
        let groups = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var listeners = [ListenerBook?](repeating: nil, count: (slots.max() ?? -1) + 1)
        for (slot, listener) in zip(slots, configuration.listeners) {
            listeners[slot] = ListenerBook(listener, groups: groups)
        }
        self.listeners = listeners
        timeouts = configuration.timeouts
    }
}

/// The rules of one listener.
package struct ListenerBook: Sendable {
    private let index: RuleIndex
    private let rules: [RoutedRule]

    init(_ listener: Listener, groups: [String: Int]) {
        index = RuleIndex(listener.rules)
        rules = listener.rules.map { RoutedRule($0, groups: groups) }
    }

    func rule(for path: UnsafeRawBufferPointer) -> RoutedRule { unsafe rules[index.first(path)] }
}

/// One rule as the data plane uses it.
package final class RoutedRule: Sendable {
    /// What to do, with names resolved.
    package enum Action: Sendable {
        /// Forward to the target set with this index.
        case forward(Int)
    }

    /// As problems name it.
    package let label: String
    /// `1`…, or `default`, as it stands in log lines.
    package let priority: ByteString
    package let action: Action

    init(_ rule: ListenerRule, groups: [String: Int]) {
        label = rule.label
        priority = ByteString(rule.priority.text)
        switch rule.action {
        case .forward(let name):
            guard let index = groups[name] else {
                preconditionFailure("a checked configuration names only its own groups")
            }
            action = .forward(index)
        }
    }
}
