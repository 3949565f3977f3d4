import Synchronization

/// What a store counted since it was opened; any thread may read it at any time.
package final class StoreStatistics: Sendable {
    private let commitsCount = Atomic<Int>(0)
    private let writesCount = Atomic<Int>(0)
    private let failuresCount = Atomic<Int>(0)
    private let refusalsCount = Atomic<Int>(0)
    private let busyCount = Atomic<Int>(0)
    private let batchLatest = Atomic<Int>(0)
    private let batchLargest = Atomic<Int>(0)
    private let waiting = Atomic<Int>(0)
    private let logLatest = Atomic<Int>(0)

    init() {}

    /// Transactions made durable.
    package var commits: Int { commitsCount.load(ordering: .relaxed) }

    /// Requests acknowledged as durable.
    package var writes: Int { writesCount.load(ordering: .relaxed) }

    /// Requests that were answered with an error and left nothing behind.
    package var failedWrites: Int { failuresCount.load(ordering: .relaxed) }

    /// Requests refused because the queue was full.
    package var refusedWrites: Int { refusalsCount.load(ordering: .relaxed) }

    /// Times a connection paused because another one held the lock.
    package var busyRetries: Int { busyCount.load(ordering: .relaxed) }

    /// Requests in the latest commit.
    package var lastBatch: Int { batchLatest.load(ordering: .relaxed) }

    /// Requests in the largest commit.
    package var largestBatch: Int { batchLargest.load(ordering: .relaxed) }

    /// Requests that wait for the writer now.
    package var queueDepth: Int { waiting.load(ordering: .relaxed) }

    /// Pages in the write-ahead log after the latest commit.
    package var logPages: Int { logLatest.load(ordering: .relaxed) }

    func committed(batch: Int, failed: Int) {
        commitsCount.add(1, ordering: .relaxed)
        writesCount.add(batch - failed, ordering: .relaxed)
        failuresCount.add(failed, ordering: .relaxed)
        batchLatest.store(batch, ordering: .relaxed)
        batchLargest.max(batch, ordering: .relaxed)
    }

    func failed(batch: Int) { failuresCount.add(batch, ordering: .relaxed) }
    func refused() { refusalsCount.add(1, ordering: .relaxed) }
    func retriedBusy() { busyCount.add(1, ordering: .relaxed) }
    func queued(_ depth: Int) { waiting.store(depth, ordering: .relaxed) }
    func logged(pages: Int) { logLatest.store(pages, ordering: .relaxed) }
}
