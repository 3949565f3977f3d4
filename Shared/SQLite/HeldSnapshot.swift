import CSQLite

/// A read transaction kept open for the reads that follow in the same turn of an event loop: to
/// begin and end one costs two system calls, half of what a read by key costs.
///
/// Nothing is read that is older than the latest commit. Each commit, of whatever process, changes
/// the header of the log's index in shared memory before it returns; a read looks at it first, and
/// begins anew when it has changed.
@safe @usableFromInline
struct HeldSnapshot {
    /// The index, once this connection has read.
    private var index: UnsafeRawPointer?
    /// What its header said before the transaction began.
    private var header: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    /// Whether a transaction is kept open.
    @usableFromInline private(set) var isHeld = false
    /// Counts the states of the store that were met: the same number, nothing was committed.
    @usableFromInline private(set) var number: UInt64 = 0

    /// Whether a commit has happened since the transaction began.
    var isOutdated: Bool { unsafe differs(HeldSnapshot.read(index)) }

    private func differs(_ now: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)) -> Bool {
        header.0 != now.0 || header.1 != now.1 || header.2 != now.2 || header.3 != now.3
            || header.4 != now.4 || header.5 != now.5
    }

    /// Notes the state that a transaction which begins now shows at least. False while there is no
    /// index to look at: then nothing may be kept.
    mutating func note(_ handle: OpaquePointer) -> Bool {
        if unsafe index == nil { unsafe index = forum_wal_index(handle) }
        guard let index = unsafe index else { return false }
        let now = unsafe HeldSnapshot.read(index)
        if number == 0 || differs(now) { number += 1 }
        header = now
        isHeld = true
        return true
    }

    mutating func end() { isHeld = false }

    private static func read(
        _ index: UnsafeRawPointer?
    ) -> (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) {
        var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
        unsafe withUnsafeMutablePointer(to: &words) { words in
            unsafe words.withMemoryRebound(to: UInt64.self, capacity: 6) {
                unsafe forum_wal_header(index, $0)
            }
        }
        return words
    }
}

extension Database {
    /// Makes the reads that follow share one transaction, which shows the latest commit.
    func holdSnapshot() throws(DatabaseError) {
        if snapshot.isHeld {
            guard isOutsideTransaction || snapshot.isOutdated else { return }
            letGoOfSnapshot()
        }
        guard unsafe snapshot.note(handle) else { return }
        try beginReading()
    }

    /// Ends the shared transaction, if there is one.
    func letGoOfSnapshot() {
        guard snapshot.isHeld else { return }
        snapshot.end()
        rollBack()
    }
}
