import Bytes
import HTTP

/// Routes as a tree of path segments, flat in memory: matching compares bytes, makes no string and
/// counts no reference.
///
/// A literal segment wins over a capture; where its branch leads nowhere the capture is tried.
struct RouteTable: Sendable {
    /// A place in a path: its edges are `edges[firstEdge..<firstEdge + edgeCount]`.
    struct Node {
        var firstEdge = 0
        var edgeCount = 0
        /// The node behind a capture; negative for none.
        var capture = -1
        /// The methods answered here; negative for none.
        var leaf = -1
    }

    struct Edge {
        let literal: Slice
        let node: Int
    }

    /// Captured segments, as places in the bytes of the head.
    struct Captures {
        var slices: (Slice, Slice, Slice, Slice) = (.empty, .empty, .empty, .empty)
        var count = 0

        mutating func push(_ slice: Slice) {
            switch count {
            case 0: slices.0 = slice
            case 1: slices.1 = slice
            case 2: slices.2 = slice
            default: slices.3 = slice
            }
            count += 1
        }
    }

    private(set) var nodes: [Node] = []
    private(set) var edges: [Edge] = []
    private(set) var literals: ByteString
    /// For every leaf a row of route numbers by method; negative where a method is not answered.
    private(set) var methods: [Int] = []
    /// For every leaf the value of its Allow field.
    private(set) var allows: [String] = []

    init(_ routes: [Route]) {
        let tree = RouteTree(routes)
        literals = ByteString()
        var spelled = ByteBuffer()
        _ = add(tree.root, &spelled)
        literals = spelled.freeze()
    }

    private mutating func add(_ branch: RouteTree.Branch, _ spelled: inout ByteBuffer) -> Int {
        let number = nodes.count
        nodes.append(Node())
        if !branch.routes.isEmpty { nodes[number].leaf = addLeaf(branch) }
        nodes[number].firstEdge = edges.count
        nodes[number].edgeCount = branch.literals.count
        let first = edges.count
        for (literal, _) in branch.literals {
            let place = Slice(offset: spelled.count, count: literal.utf8.count)
            spelled.append(literal)
            edges.append(Edge(literal: place, node: -1))
        }
        for (index, (_, child)) in branch.literals.enumerated() {
            let literal = edges[first + index].literal
            edges[first + index] = Edge(literal: literal, node: add(child, &spelled))
        }
        if let capture = branch.capture { nodes[number].capture = add(capture, &spelled) }
        return number
    }

    private mutating func addLeaf(_ branch: RouteTree.Branch) -> Int {
        let get = branch.routes[.get]
        for method in Method.allCases {
            methods.append((branch.routes[method] ?? (method == .head ? get : nil)) ?? -1)
        }
        let row = methods.suffix(Method.allCases.count)
        let answered = zip(Method.allCases, row).filter { $0.1 >= 0 || $0.0 == .options }
        allows.append(answered.map { "\($0.0.name)" }.joined(separator: ", "))
        return allows.count - 1
    }

    /// The route that answers `method` at a leaf; nil when none does.
    func route(_ leaf: Int, _ method: Method) -> Int? {
        let number = methods[leaf * Method.allCases.count + Int(method.rawValue)]
        return number < 0 ? nil : number
    }

    /// One of the routes that answer at a leaf: all of one path are of one service.
    func anyRoute(_ leaf: Int) -> Int {
        let row = methods[leaf * Method.allCases.count..<(leaf + 1) * Method.allCases.count]
        guard let number = row.first(where: { $0 >= 0 }) else {
            preconditionFailure("a leaf answers some method")
        }
        return number
    }

    /// The leaf that `path`, which lies at `offset` in its head, leads to.
    func leaf(
        _ path: UnsafeRawBufferPointer, offset: Int, _ captures: inout Captures
    ) -> Int? {
        guard path.count > 0, unsafe path[0] == UInt8(ascii: "/") else { return nil }
        return unsafe literals.withBytes { literals in
            unsafe RouteWalk(table: self, path: path, literals: literals, offset: offset)
                .leaf(node: 0, from: 1, &captures)
        }
    }
}
