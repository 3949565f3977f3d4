/// A tree of literal beginnings while it grows: no two children of a node begin with the same byte.
final class RuleTree {
    typealias Entry = (rule: Int, pattern: PathPattern?)

    private(set) var label: [UInt8]
    private(set) var children: [RuleTree] = []
    /// What ends exactly here.
    var entries: [Entry] = []

    init(label: [UInt8] = []) { self.label = label }

    /// Puts an entry where the bytes of `literal` lead, splitting a node where they part.
    func insert(_ literal: ArraySlice<UInt8>, rule: Int, _ pattern: PathPattern) {
        guard let first = literal.first else { return entries.append((rule, pattern)) }
        let child: RuleTree
        if let known = children.first(where: { $0.label[0] == first }) {
            child = known
        } else {
            child = RuleTree(label: Array(literal))
            children.append(child)
        }
        let shared = zip(child.label, literal).prefix { $0 == $1 }.count
        if shared < child.label.count { child.split(after: shared) }
        child.insert(literal.dropFirst(shared), rule: rule, pattern)
    }

    /// Keeps the first `count` bytes and moves the rest, with all that hung here, into one child.
    private func split(after count: Int) {
        let rest = RuleTree(label: Array(label[count...]))
        rest.children = children
        rest.entries = entries
        label = Array(label[..<count])
        children = [rest]
        entries = []
    }
}
