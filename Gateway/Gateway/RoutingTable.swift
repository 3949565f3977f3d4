package import Bytes
package import HTTPClient
package import Routing

/// Where every request goes, as one moment saw it: rules and targets together. Immutable.
///
/// The control plane publishes a new table to each loop; a request keeps the one it began with.
package final class RoutingTable: Sendable {
    /// The rules of all listeners, made ready once for a configuration.
    package let rules: RuleBook
    /// By the index of the group in the configuration.
    package let targetSets: [TargetSet]
    /// What is answered here, by the place in `RuleBook.references`.
    package let references: [Router]

    package init(rules: RuleBook, targetSets: [TargetSet], references: [Router] = []) {
        precondition(references.count == rules.references.count, "each reference has its answers")
        self.rules = rules
        self.targetSets = targetSets
        self.references = references
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
    /// What the `reference` rules show, each once.
    package let references: [[DescriptionSource]]

    /// `slots` numbers the listeners of the configuration, in their order.
    package init(_ configuration: GatewayConfiguration, slots: [Int]) {
        precondition(slots.count == configuration.listeners.count, "each listener has a slot")
        let names = configuration.targetGroups.map(\.name)
        let groups = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let references = configuration.references
        self.references = references
        var listeners = [ListenerBook?](repeating: nil, count: (slots.max() ?? -1) + 1)
        for (slot, listener) in zip(slots, configuration.listeners) {
            listeners[slot] = ListenerBook(listener, groups: groups, references)
        }
        self.listeners = listeners
        timeouts = configuration.timeouts
    }
}

/// The rules of one listener.
package struct ListenerBook: Sendable {
    private let index: RuleIndex
    private let rules: [RoutedRule]

    init(
        _ listener: Listener, groups: [String: Int], _ references: [[DescriptionSource]]
    ) {
        index = RuleIndex(listener.rules)
        rules = listener.rules.map { RoutedRule($0, groups: groups, references) }
    }

    func rule(for path: UnsafeRawBufferPointer) -> RoutedRule { unsafe rules[index.first(path)] }
}

/// One rule as the data plane uses it.
package final class RoutedRule: Sendable {
    /// What to do, with names resolved.
    package enum Action: Sendable {
        /// Forward to the target set with this index.
        case forward(Int)
        /// Answer with the reference at this place.
        case reference(Int)
    }

    /// As problems name it.
    package let label: String
    /// `1`…, or `default`, as it stands in log lines.
    package let priority: ByteString
    package let action: Action

    init(
        _ rule: ListenerRule, groups: [String: Int], _ references: [[DescriptionSource]]
    ) {
        label = rule.label
        priority = ByteString(rule.priority.text)
        switch rule.action {
        case .forward(let name):
            guard let index = groups[name] else {
                preconditionFailure("a checked configuration names only its own groups")
            }
            action = .forward(index)
        case .reference(let sources):
            guard let index = references.firstIndex(of: sources) else {
                preconditionFailure("the references of a configuration are those of its rules")
            }
            action = .reference(index)
        }
    }
}
