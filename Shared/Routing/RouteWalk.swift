import Bytes

/// One search through a table.
@unsafe
struct RouteWalk {
    let table: RouteTable
    let path: UnsafeRawBufferPointer
    let literals: UnsafeRawBufferPointer
    let offset: Int

    /// Follows the segments from `start`; the depth of the pattern bounds the recursion.
    func leaf(node number: Int, from start: Int, _ captures: inout RouteTable.Captures) -> Int? {
        let node = unsafe table.nodes[number]
        if unsafe start >= path.count { return node.leaf < 0 ? nil : node.leaf }
        let end = unsafe segmentEnd(start)
        guard end > start else { return nil }
        for index in node.firstEdge..<node.firstEdge + node.edgeCount {
            let edge = unsafe table.edges[index]
            guard unsafe spells(edge.literal, start, end) else { continue }
            if let leaf = unsafe leaf(node: edge.node, from: end + 1, &captures) { return leaf }
        }
        guard node.capture >= 0, unsafe !isDots(start, end) else { return nil }
        let outside = captures
        unsafe captures.push(Slice(offset: offset + start, count: end - start))
        if let leaf = unsafe leaf(node: node.capture, from: end + 1, &captures) { return leaf }
        captures = outside
        return nil
    }

    private func segmentEnd(_ start: Int) -> Int {
        var end = start
        while unsafe end < path.count && path[end] != UInt8(ascii: "/") { end += 1 }
        return end
    }

    private func spells(_ literal: Slice, _ start: Int, _ end: Int) -> Bool {
        guard end - start == Int(literal.count) else { return false }
        for index in 0..<Int(literal.count) {
            guard unsafe path[start + index] == literals[literal.lower + index] else {
                return false
            }
        }
        return true
    }

    /// Whether a segment is `.` or `..`, in any spelling: such a path means another one, and
    /// nobody here guesses which.
    private func isDots(_ start: Int, _ end: Int) -> Bool {
        var index = start
        var dots = 0
        while index < end {
            if unsafe path[index] == UInt8(ascii: ".") {
                index += 1
            } else if unsafe isEscapedDot(index, end) {
                index += 3
            } else {
                return false
            }
            dots += 1
        }
        return dots <= 2
    }

    private func isEscapedDot(_ index: Int, _ end: Int) -> Bool {
        unsafe index + 2 < end && path[index] == UInt8(ascii: "%")
            && path[index + 1] == UInt8(ascii: "2")
            && path[index + 2] | 0x20 == UInt8(ascii: "e")
    }
}
