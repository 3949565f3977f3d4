package import Bytes
import Routing

/// The ids of a table within one transaction: which comes next, and whether a row went anywhere but
/// to the end, which readers of lists have to be told.
package struct IDSequence<Thing>: Sendable {
    package private(set) var last: Int64
    package private(set) var isOutOfOrder = false

    /// `last` is the largest id in use, 0 for none.
    package init(last: Int64) { self.last = last }

    /// The id after the last one. Throws `conflict` when ids are used up, which takes an id given
    /// by hand.
    package func next() throws -> ID<Thing> {
        guard last < ID<Thing>.rawValueMax else {
            throw APIError(.conflict, "the last possible id is in use: give an id that is free")
        }
        return ID(last + 1)
    }

    /// Notes that a row with `id` was inserted.
    package mutating func insert(_ id: ID<Thing>) {
        if id.rawValue < last { isOutOfOrder = true }
        last = max(last, id.rawValue)
    }
}
