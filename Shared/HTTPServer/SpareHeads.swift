import HTTP

/// Room for heads that nobody needs now: the one to use next, and more for the requests that a
/// proxy has under way at once.
struct SpareHeads: ~Copyable {
    /// Rooms beside the first: as many as come back in a busy turn.
    private static let moreMax = 63
    /// A head that took more than this is given back to the system.
    private static let bytesMax = 2 * 1024

    private var first: HeadStorage?
    private var more: [HeadStorage] = []

    /// A room that no request holds on to any more.
    mutating func take() -> HeadStorage {
        if isKnownUniquelyReferenced(&first), let free = first.take() { return free }
        first = more.popLast()
        if isKnownUniquelyReferenced(&first), let free = first.take() { return free }
        first = nil
        return HeadStorage()
    }

    /// Keeps `back` for a later head. Whoever still reads it is noticed then.
    mutating func giveBack(_ back: consuming HeadStorage) {
        if first == nil {
            first = back
        } else if more.count < SpareHeads.moreMax, back.capacity <= SpareHeads.bytesMax {
            more.append(back)
        }
    }
}
