/// Deadlines in slots of ten milliseconds. Pure: the caller brings the time.
///
/// Nothing is ever cancelled: whoever is told checks whether it still cares. That makes arming a
/// few stores, which is what a server does twice for each request.
package struct TimerWheel<Payload>: ~Copyable {
    /// Milliseconds a slot covers: finer than any timeout that a person would notice.
    package static var slotMilliseconds: Int64 { 10 }
    /// Slots in one turn (5.12 s). Later deadlines stay in their slot for another turn.
    private static var slotCount: Int { 512 }

    private struct Entry {
        let deadline: Int64
        let payload: Payload
    }

    private var slots: [[Entry]]
    private var occupied = [UInt64](repeating: 0, count: 8)
    private var tick: Int64
    /// Armed deadlines not yet told.
    package private(set) var count = 0

    /// An empty wheel that starts at `now` milliseconds.
    package init(now: Int64) {
        slots = Array(repeating: [], count: Self.slotCount)
        tick = now / Self.slotMilliseconds
    }

    /// Remembers to tell `payload` once `deadline` has passed; a past deadline is told at the next
    /// advance.
    package mutating func arm(_ payload: Payload, at deadline: Int64) {
        let due = max(tick + 1, deadline / Self.slotMilliseconds + 1)
        let slot = Int(due % Int64(Self.slotCount))
        slots[slot].append(Entry(deadline: deadline, payload: payload))
        occupied[slot / 64] |= 1 << UInt64(slot % 64)
        count += 1
    }

    /// Moves the time to `now` and hands over what has become due, in the order of slots.
    package mutating func advance(to now: Int64) -> [Payload] {
        let target = now / Self.slotMilliseconds
        guard target > tick, count > 0 else {
            tick = max(tick, target)
            return []
        }
        var due: [Payload] = []
        for step in 1...min(target - tick, Int64(Self.slotCount)) {
            let slot = Int((tick + step) % Int64(Self.slotCount))
            if occupied[slot / 64] & 1 << UInt64(slot % 64) != 0 { take(slot, now, &due) }
        }
        tick = target
        return due
    }

    /// Milliseconds from `now` until a slot with entries comes by; nil when there is nothing to
    /// wait for.
    package func millisecondsToNext(now: Int64) -> Int64? {
        guard count > 0 else { return nil }
        let first = Int((tick + 1) % Int64(Self.slotCount))
        let distance = Int64(slotsUntilOccupied(from: first))
        return max(0, (tick + 1 + distance) * Self.slotMilliseconds - now)
    }

    private mutating func take(_ slot: Int, _ now: Int64, _ due: inout [Payload]) {
        let entries = slots[slot]
        slots[slot].removeAll(keepingCapacity: true)
        for entry in entries {
            if entry.deadline <= now {
                due.append(entry.payload)
            } else {
                slots[slot].append(entry)
            }
        }
        count -= entries.count - slots[slot].count
        if slots[slot].isEmpty { occupied[slot / 64] &= ~(1 << UInt64(slot % 64)) }
    }

    private func slotsUntilOccupied(from first: Int) -> Int {
        for step in 0...8 {
            let word = (first / 64 + step) % 8
            var bits = occupied[word]
            if step == 0 { bits &= ~0 << UInt64(first % 64) }
            if step == 8 { bits &= ~(~0 << UInt64(first % 64)) }
            guard bits != 0 else { continue }
            let slot = word * 64 + bits.trailingZeroBitCount
            return (slot - first + Self.slotCount) % Self.slotCount
        }
        return Self.slotCount
    }
}
