package import Routing

/// Where a page of a list starts, in the words of a store.
package struct ListBorder: Sendable {
    /// The row at the border, which is not part of the page; nil at the beginning of the list.
    package let row: (key: Cursor.Key, id: Int64)?
    /// Rows that precede the border are wanted, nearest first.
    package let isBackward: Bool
    /// The newest position that page one saw: rows that moved beyond it are left out, so that
    /// nothing comes twice. 0 for lists whose order does not change.
    package let anchor: Int64
    /// One more than the page, to know whether there are more.
    package let rowsWanted: Int64

    init(_ request: PageRequest, newest: Int64) {
        row = request.cursor.map { ($0.key, $0.id) }
        if case .before = request.position { isBackward = true } else { isBackward = false }
        anchor = request.anchor ?? newest
        rowsWanted = Int64(request.rowsWanted)
    }

    /// The number to go on from: the sort's own, where it has one, else the id; 0 at the beginning.
    package var number: Int64 {
        guard let row else { return 0 }
        if case .integer(let key) = row.key { return key }
        return row.id
    }
}
