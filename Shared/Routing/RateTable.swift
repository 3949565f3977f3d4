/// How much of their quotas some subjects have used up: one number each, in a table of fixed size.
///
/// The number is the time at which the quota is whole again (the generic cell rate algorithm): each
/// request moves it on by one interval, and none may move it beyond a window from now. A subject
/// whose quota is whole needs no row, so rows free themselves.
struct RateTable {
    private struct Row {
        var subject: UInt64 = 0
        var wholeAt: Int64 = 0
    }

    /// Places that are looked at for one subject. When all are taken the row goes whose quota will
    /// be whole first: so a crowded table errs in favour of clients.
    private static let placesMax = 8

    private var rows: [Row]

    /// `rows` is a power of two, at least eight.
    init(rows: Int) {
        precondition(rows >= RateTable.placesMax && rows & (rows - 1) == 0, "a power of two")
        self.rows = Array(repeating: Row(), count: rows)
    }

    /// Counts a request of `subject`, a well mixed number, at `now` microseconds. Answers whether
    /// it is allowed, and the microseconds until the quota is whole again.
    mutating func take(
        _ subject: UInt64, _ quota: RateQuota, now: Int64
    ) -> (isAllowed: Bool, wholeIn: Int64) {
        let interval = quota.intervalMicroseconds
        let window = interval * Int64(quota.count)
        let place = place(of: subject, now)
        let held = rows[place].subject == subject ? rows[place].wholeAt : now
        // A clock that was set back must not lock anybody out for longer than a window.
        let wholeIn = min(max(held - now, 0), window)
        guard wholeIn + interval <= window else { return (false, wholeIn) }
        rows[place] = Row(subject: subject, wholeAt: now + wholeIn + interval)
        return (true, wholeIn + interval)
    }

    /// The row of `subject`, else one that is free, else the one that will be soonest.
    private func place(of subject: UInt64, _ now: Int64) -> Int {
        let first = Int(truncatingIfNeeded: subject) & (rows.count - 1)
        var best = first
        for offset in 0..<RateTable.placesMax {
            let place = (first + offset) & (rows.count - 1)
            if rows[place].subject == subject { return place }
            if rows[place].wholeAt < rows[best].wholeAt { best = place }
        }
        return best
    }
}
