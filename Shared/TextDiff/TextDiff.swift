/// What became of a text: how much of it was kept, what was removed, what was put in its place.
///
/// Found word by word, inside the lines that differ. Lengths are Unicode scalars, and texts are the
/// same only scalar by scalar: a letter written another way is a change.
package struct TextDiff: Equatable, Sendable {
    /// One stretch, in the order of the texts.
    package enum Step: Equatable, Sendable {
        /// That many scalars stay.
        case keep(Int)
        /// This is gone.
        case remove(String)
        /// This is new.
        case insert(String)
    }

    /// Never empty stretches, never two of a kind in a row; what replaces something comes behind
    /// it. Empty for two empty texts.
    package let steps: [Step]

    /// Compares two texts. The work is bounded by `TextDiffLimits`, whatever they hold; beyond that
    /// larger parts than necessary are replaced.
    package init(from old: String, to new: String) {
        var pair = TextPair(old, new)
        self.init(comparing: &pair)
    }

    init(comparing pair: inout TextPair) {
        steps = TextDiff.steps(of: pair.changes(), in: pair)
    }

    private static func steps(of changes: [TextChange], in pair: TextPair) -> [Step] {
        var steps: [Step] = []
        var place = 0
        for change in changes {
            let kept = pair.old[place..<change.old.lowerBound]
            if !kept.isEmpty { steps.append(.keep(scalarCount(kept))) }
            let removed = pair.old[change.old]
            if !removed.isEmpty { steps.append(.remove(String(decoding: removed, as: UTF8.self))) }
            let inserted = pair.new[change.new]
            if !inserted.isEmpty {
                steps.append(.insert(String(decoding: inserted, as: UTF8.self)))
            }
            place = change.old.upperBound
        }
        let kept = pair.old[place...]
        if !kept.isEmpty { steps.append(.keep(scalarCount(kept))) }
        return steps
    }

    private static func scalarCount(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 & 0xc0 != 0x80 }
    }

    /// The new text, made from the old one. Throws when `old` is too short or too long, or when
    /// what was removed does not stand there; what was kept is only counted.
    package func apply(to old: String) throws(TextDiffMismatch) -> String {
        var rest = old.unicodeScalars[...]
        var result = String.UnicodeScalarView()
        var place = 0
        for step in steps {
            switch step {
            case .keep(let count):
                let kept = rest.prefix(count)
                guard kept.count == count else { throw TextDiffMismatch(place: place) }
                result.append(contentsOf: kept)
                rest = rest.dropFirst(count)
                place += count
            case .remove(let text):
                let removed = text.unicodeScalars
                guard rest.starts(with: removed) else { throw TextDiffMismatch(place: place) }
                rest = rest.dropFirst(removed.count)
                place += removed.count
            case .insert(let text):
                result.append(contentsOf: text.unicodeScalars)
            }
        }
        guard rest.isEmpty else { throw TextDiffMismatch(place: place) }
        return String(result)
    }
}

/// A diff was applied to a text that it was not made from.
package struct TextDiffMismatch: Error, Equatable, CustomStringConvertible {
    /// Unicode scalars of the text that fitted.
    package let place: Int

    /// One line: what, where, what to do.
    package var description: String {
        "the diff does not fit at character \(place); apply it to the text it was made from"
    }
}
