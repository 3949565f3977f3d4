package import Reactor

/// Chooses targets for the requests of one loop. Confined to that loop: no lock, no shared cursor.
package struct TargetSelection {
    /// Groups up to this size are looked at whole for the least busy target; larger ones by two
    /// random picks.
    private static let scannedMax = 8

    /// Where each group's round goes on, by index of the group.
    private var cursors: [Int] = []
    private let start: Int
    private var random: LoopRandom

    /// Loops start their rounds at different places, so that few connections do not all meet the
    /// first target.
    package init(loop: Int, random: LoopRandom = LoopRandom()) {
        start = loop
        self.random = random
    }

    /// A target that `isExcluded` does not name; nil when none is left.
    package mutating func choose(
        from set: TargetSet, isExcluded: (Target) -> Bool = { _ in false }
    ) -> Target? {
        guard !set.eligible.isEmpty else { return nil }
        switch set.algorithm {
        case .roundRobin: return nextInTurn(set, isExcluded)
        case .leastOutstanding: return leastBusy(set, isExcluded)
        }
    }

    private mutating func nextInTurn(_ set: TargetSet, _ isExcluded: (Target) -> Bool) -> Target? {
        let count = set.eligible.count
        let first = advanceCursor(of: set)
        for step in 0..<count {
            let target = set.eligible[(first + step) % count]
            if !isExcluded(target) { return target }
        }
        return nil
    }

    /// Starting where the round stands, so that equally busy targets take turns.
    private mutating func leastBusy(_ set: TargetSet, _ isExcluded: (Target) -> Bool) -> Target? {
        let count = set.eligible.count
        if count > TargetSelection.scannedMax, let target = lessBusyOfTwo(set, isExcluded) {
            return target
        }
        let first = advanceCursor(of: set)
        var best: (target: Target, inFlight: Int)?
        for step in 0..<count {
            let target = set.eligible[(first + step) % count]
            if isExcluded(target) { continue }
            let inFlight = target.inFlight
            if inFlight < best?.inFlight ?? .max { best = (target, inFlight) }
        }
        return best?.target
    }

    /// The power of two choices: nearly as even as looking at all, and no herd runs to one idle
    /// target.
    private mutating func lessBusyOfTwo(
        _ set: TargetSet, _ isExcluded: (Target) -> Bool
    ) -> Target? {
        let count = UInt64(set.eligible.count)
        let bits = random.next()
        let one = set.eligible[Int(bits >> 32 % count)]
        let other = set.eligible[Int(bits & 0xffff_ffff % count)]
        if isExcluded(one) { return isExcluded(other) ? nil : other }
        if isExcluded(other) { return one }
        return other.inFlight < one.inFlight ? other : one
    }

    private mutating func advanceCursor(of set: TargetSet) -> Int {
        while cursors.count <= set.index { cursors.append(start) }
        let cursor = cursors[set.index]
        cursors[set.index] = (cursor + 1) % max(1, set.eligible.count)
        return cursor % set.eligible.count
    }
}
