import Bytes

/// Finds the known field that a name spells, by one look into a table without collisions.
///
/// A name is taken as three words in lower case; their mix picks the only candidate, and comparing
/// three words decides.
struct KnownFieldTable: Sendable {
    static let shared = KnownFieldTable()
    /// Room enough that a multiplier without collisions is found at once.
    private static let slotBits: UInt64 = 9

    /// The words of one name and, for each of its bytes that is no letter, the bit that folding
    /// would hide.
    private struct Entry: Sendable {
        var name = NameWords()
        var bits = NameWords()
        var field = KnownField.other
    }

    private let entries: [Entry]
    private let multiplier: UInt64

    private init() {
        let named = KnownField.allCases.filter { $0 != .other }.map(KnownFieldTable.entry)
        var multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
        var entries = KnownFieldTable.place(named, multiplier)
        while entries == nil {
            multiplier &+= 0x9e37_79b9_7f4a_7c16
            entries = KnownFieldTable.place(named, multiplier)
        }
        self.entries = entries ?? []
        self.multiplier = multiplier
    }

    /// The field that `name` spells in any case, else `other`.
    func find(_ name: UnsafeRawBufferPointer) -> KnownField {
        guard name.count > 0, name.count <= NameWords.bytesMax else { return .other }
        let raw = unsafe NameWords(name)
        let words = raw.folded
        let entry = entries[KnownFieldTable.slot(words, multiplier)]
        return entry.name == words && raw.has(entry.bits) ? entry.field : .other
    }

    private static func slot(_ words: NameWords, _ multiplier: UInt64) -> Int {
        Int(truncatingIfNeeded: (words.mix &* multiplier) >> (64 - slotBits))
    }

    private static func entry(_ field: KnownField) -> Entry {
        let text = unsafe UnsafeRawBufferPointer(
            start: field.name.utf8Start, count: field.name.utf8CodeUnitCount)
        let marks = unsafe text.map { ASCII.isLetter($0) ? 0 : $0 & 0x20 }
        return Entry(
            name: unsafe NameWords(text).folded,
            bits: unsafe marks.withUnsafeBytes { unsafe NameWords($0) }, field: field)
    }

    /// Each entry in a slot of its own, or nil if two want the same.
    private static func place(_ named: [Entry], _ multiplier: UInt64) -> [Entry]? {
        var slots = [Entry](repeating: Entry(), count: 1 << Int(slotBits))
        for entry in named {
            let slot = slot(entry.name, multiplier)
            guard slots[slot].field == .other else { return nil }
            slots[slot] = entry
        }
        return slots
    }
}
