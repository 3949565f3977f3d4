/// The fewest removals and insertions that make one row of numbers of another, by E. W. Myers'
/// greedy search: after `d` edits, how far can one get on each diagonal?
struct ShortestEdit {
    /// A stretch of the old row and what takes its place.
    struct Change: Equatable {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// In order, not touching each other. One change over everything that differs when the search
    /// became too long.
    private(set) var changes: [Change] = []

    private let old: ArraySlice<Int32>
    private let new: ArraySlice<Int32>

    /// `frontiers[d]` holds, for the diagonals -d, -d + 2, … d, the old numbers passed.
    private var frontiers: [[Int32]] = []

    /// Compares the rows with at most `comparisonsLeft` comparisons, and takes off those it made.
    init(_ old: [Int32], _ new: [Int32], _ comparisonsLeft: inout Int) {
        let prefix = zip(old, new).prefix { $0 == $1 }.count
        let rest = (old.dropFirst(prefix), new.dropFirst(prefix))
        let suffix = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
        self.old = rest.0.dropLast(suffix)
        self.new = rest.1.dropLast(suffix)
        let whole = Change(old: self.old.indices, new: self.new.indices)
        if whole.old.isEmpty && whole.new.isEmpty { return }
        if whole.old.isEmpty || whole.new.isEmpty || !search(&comparisonsLeft) {
            changes = [whole]
        } else {
            walkBack()
        }
        frontiers = []
    }

    /// Fills the frontiers until the last one reaches the end; false when that takes too long.
    private mutating func search(_ comparisonsLeft: inout Int) -> Bool {
        let goal = old.count - new.count
        var last: [Int32] = []
        for edits in 0...TextDiffLimits.editsMax {
            var frontier: [Int32] = []
            frontier.reserveCapacity(edits + 1)
            for index in 0...edits {
                let diagonal = 2 * index - edits
                let start = edits == 0 ? 0 : ShortestEdit.step(last, index).passed
                let passed = slide(Int(start), diagonal)
                comparisonsLeft -= 1 + passed - Int(start)
                frontier.append(Int32(passed))
                if diagonal == goal, passed == old.count {
                    frontiers.append(frontier)
                    return true
                }
                if comparisonsLeft <= 0 { return false }
            }
            frontiers.append(frontier)
            last = frontier
        }
        return false
    }

    /// The better of the two ways to a diagonal: an insertion from the one above, or a removal from
    /// the one below.
    private static func step(_ last: [Int32], _ index: Int) -> (passed: Int32, isInsertion: Bool) {
        let insertion = index < last.count ? last[index] : -1
        let removal = index > 0 ? last[index - 1] + 1 : -1
        return insertion >= removal ? (insertion, true) : (removal, false)
    }

    /// Passes what is equal; answers the old numbers passed then.
    private func slide(_ start: Int, _ diagonal: Int) -> Int {
        var passed = start
        while passed < old.count, passed - diagonal < new.count,
            old[old.startIndex + passed] == new[new.startIndex + passed - diagonal]
        {
            passed += 1
        }
        return passed
    }

    /// Follows the search from the end to the start and collects the edits.
    private mutating func walkBack() {
        var edits = frontiers.count - 1
        var index = (old.count - new.count + edits) / 2
        while edits > 0 {
            let (before, isInsertion) = ShortestEdit.step(frontiers[edits - 1], index)
            let diagonal = 2 * index - edits
            let place = Int(before)
            let oldPlace = old.startIndex + place
            let newPlace = new.startIndex + place - diagonal
            if isInsertion {
                add(Change(old: oldPlace..<oldPlace, new: (newPlace - 1)..<newPlace))
            } else {
                add(Change(old: (oldPlace - 1)..<oldPlace, new: newPlace..<newPlace))
                index -= 1
            }
            edits -= 1
        }
        changes.reverse()
    }

    /// Adds an edit that lies before all others, to the one it touches if there is one.
    private mutating func add(_ edit: Change) {
        guard let next = changes.last, next.old.lowerBound == edit.old.upperBound,
            next.new.lowerBound == edit.new.upperBound
        else {
            changes.append(edit)
            return
        }
        changes[changes.count - 1] = Change(
            old: edit.old.lowerBound..<next.old.upperBound,
            new: edit.new.lowerBound..<next.new.upperBound)
    }
}
