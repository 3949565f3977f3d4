/// Finds the first rule for a path in time that does not grow with the number of rules.
///
/// The literal beginnings of all patterns form a tree. One walk down along the path meets exactly
/// the patterns whose beginning the path shares; of these the one with the best priority that holds
/// wins. Rules are numbered by priority, so "best" is "smallest number".
package struct RuleIndex: Sendable {
    /// One pattern of one rule, waiting at the end of its literal beginning: numbers only, so that
    /// a walk touches no reference count.
    private struct Candidate {
        let rule: Int32
        /// Nil for a rule without a path condition, which holds for any path.
        let shape: PathPattern.Shape?
        /// Its place in `patterns`; asked for the general shape only.
        let pattern: Int32
    }

    private struct Node {
        /// The bytes that lead here from the parent: a range of `labels`.
        let labelLower: Int32
        let labelUpper: Int32
        /// A range of `childBytes` and `childNodes`.
        var childLower: Int32 = 0
        var childUpper: Int32 = 0
        /// A range of `candidates`, ascending by rule.
        let candidateLower: Int32
        let candidateUpper: Int32
    }

    private var nodes: [Node] = []
    private var labels: [UInt8] = []
    private var childBytes: [UInt8] = []
    private var childNodes: [Int32] = []
    private var candidates: [Candidate] = []
    private var patterns: [PathPattern] = []

    /// `rules` in ascending priority, the last one holding for every path.
    package init(_ rules: [ListenerRule]) {
        precondition(rules.last?.conditions.isEmpty == true, "the default rule comes last")
        let root = RuleTree()
        for (number, rule) in rules.enumerated() {
            let patterns = RuleIndex.pathPatterns(of: rule)
            for pattern in patterns ?? [] {
                root.insert(pattern.bytes.prefix(pattern.literalCount), rule: number, pattern)
            }
            if patterns == nil { root.entries.append((number, nil)) }
        }
        flatten(root)
    }

    /// The number of the first rule that holds; `holds` judges what else a rule asks for beside the
    /// path.
    package func first(
        _ path: UnsafeRawBufferPointer, where holds: (Int) -> Bool = { _ in true }
    ) -> Int {
        var best = Int32.max
        var node = 0
        var at = 0
        while true {
            unsafe consider(nodes[node], path, at, &best, holds)
            guard at < path.count, let child = unsafe child(of: nodes[node], path[at]),
                unsafe label(of: nodes[child], isAt: at, in: path)
            else { break }
            at += Int(nodes[child].labelUpper - nodes[child].labelLower)
            node = child
        }
        precondition(best != .max, "the default rule holds for every path")
        return Int(best)
    }

    private func consider(
        _ node: Node, _ path: UnsafeRawBufferPointer, _ at: Int, _ best: inout Int32,
        _ holds: (Int) -> Bool
    ) {
        for index in Int(node.candidateLower)..<Int(node.candidateUpper) {
            let candidate = candidates[index]
            guard candidate.rule < best else { return }
            if unsafe matches(candidate, path, at), holds(Int(candidate.rule)) {
                best = candidate.rule
            }
        }
    }

    /// Whether the path matches, given that it begins with the `literal` bytes that led here.
    private func matches(
        _ candidate: Candidate, _ path: UnsafeRawBufferPointer, _ literal: Int
    ) -> Bool {
        switch candidate.shape {
        case nil, .prefix: true
        case .exact: path.count == literal
        case .general: unsafe patterns[Int(candidate.pattern)].matches(path)
        }
    }

    private func child(of node: Node, _ byte: UInt8) -> Int? {
        for index in Int(node.childLower)..<Int(node.childUpper) where childBytes[index] == byte {
            return Int(childNodes[index])
        }
        return nil
    }

    private func label(
        of node: Node, isAt offset: Int, in path: UnsafeRawBufferPointer
    ) -> Bool {
        let lower = Int(node.labelLower)
        let count = Int(node.labelUpper) - lower
        guard path.count - offset >= count else { return false }
        for index in 0..<count where unsafe path[offset + index] != labels[lower + index] {
            return false
        }
        return true
    }

    /// All patterns a rule's path may match; nil when it does not ask about the path.
    private static func pathPatterns(of rule: ListenerRule) -> [PathPattern]? {
        for case .path(let patterns) in rule.conditions { return patterns }
        return nil
    }

    /// Puts the tree into arrays, breadth first, so that the children of a node lie side by side.
    private mutating func flatten(_ root: RuleTree) {
        var queue = [root]
        append(root)
        var next = 0
        while next < queue.count {
            nodes[next].childLower = Int32(childBytes.count)
            for child in queue[next].children {
                childBytes.append(child.label[0])
                childNodes.append(Int32(nodes.count))
                append(child)
                queue.append(child)
            }
            nodes[next].childUpper = Int32(childBytes.count)
            next += 1
        }
    }

    private mutating func append(_ tree: RuleTree) {
        let entries = tree.entries.sorted { $0.rule < $1.rule }
        nodes.append(
            Node(
                labelLower: Int32(labels.count),
                labelUpper: Int32(labels.count + tree.label.count),
                candidateLower: Int32(candidates.count),
                candidateUpper: Int32(candidates.count + entries.count)))
        labels += tree.label
        for entry in entries {
            candidates.append(
                Candidate(
                    rule: Int32(entry.rule), shape: entry.pattern?.shape,
                    pattern: Int32(patterns.count)))
            if let pattern = entry.pattern { patterns.append(pattern) }
        }
    }
}
