/// The records that were sent and not yet answered, oldest first: what is answered is found here
/// without keeping the whole file. As long as the service lets us send ahead, and no longer.
struct SentRecords: Sendable {
    /// Which record it is, and the line of the file it begins in.
    struct Record: Equatable, Sendable {
        let index: Int
        let fileLine: Int
    }

    private var records: [Record] = []
    private var first = 0
    /// The line of the request that comes next, counted from 1.
    private var line = 1

    mutating func send(index: Int, fileLine: Int) {
        records.append(Record(index: index, fileLine: fileLine))
    }

    /// The record that was sent in this line of the request; nil if it is not the oldest one.
    mutating func answer(line: Int) -> Record? {
        guard line == self.line, first < records.count else { return nil }
        let record = records[first]
        first += 1
        self.line += 1
        if first > 4096, first * 2 > records.count {
            records.removeFirst(first)
            first = 0
        }
        return record
    }

    /// Records without an answer.
    var count: Int { records.count - first }
}
