package import HTTP
import Synchronization

/// Counts requests by bucket and subject in bounded memory, for all loops of a process. Several
/// processes of one service count each for itself.
package final class RateLimiter: Sendable {
    /// Whom requests are counted for.
    package enum Subject: Hashable, Sendable {
        case user(Int64)
        /// One IPv4 address, or the /64 that is given to one site.
        case network(IPAddress)
        /// Anything else that has a name, such as the account somebody tries to sign in to.
        case name(String)
    }

    private final class Shard: Sendable {
        let table: Mutex<RateTable>
        init(rows: Int) { table = Mutex(RateTable(rows: rows)) }
    }

    /// Parts with a lock each: two loops meet at one rarely.
    private static let shardCount = 16
    /// Rows of a part, 16 bytes each: sixteen thousand subjects with used quotas in 256 KiB.
    private static let rowsPerShard = 1024

    private let quotas: RateQuotas
    private let shards: [Shard]

    /// Counts by `quotas`; without any it takes no memory.
    package init(_ quotas: RateQuotas) {
        self.quotas = quotas
        if quotas.isEmpty {
            shards = []
            return
        }
        shards = (0..<RateLimiter.shardCount).map { _ in Shard(rows: RateLimiter.rowsPerShard) }
    }

    /// Counts a request in `bucket`; nil if that is not limited.
    package func take(
        _ bucket: RateBucket, for subject: Subject, isYoung: Bool = false, nowMilliseconds: Int64
    ) -> RateVerdict? {
        guard let quota = quotas.quota(bucket, isYoung: isYoung) else { return nil }
        var hasher = Hasher()
        hasher.combine(bucket)
        hasher.combine(subject.counted)
        // Hasher is keyed anew in each process: nobody can choose subjects that share rows.
        let hash = UInt64(bitPattern: Int64(hasher.finalize()))
        let number = hash == 0 ? 1 : hash
        let shard = shards[Int(hash >> 60) & (RateLimiter.shardCount - 1)]
        let now = nowMilliseconds * 1000
        let (isAllowed, wholeIn) = shard.table.withLock { $0.take(number, quota, now: now) }
        let interval = quota.intervalMicroseconds
        let left = interval * Int64(quota.count) - wholeIn
        return RateVerdict(
            bucket: bucket, quota: quota, isAllowed: isAllowed, remaining: Int(left / interval),
            seconds: RateLimiter.seconds(isAllowed ? wholeIn : interval - left))
    }

    private static func seconds(_ microseconds: Int64) -> Int {
        Int((microseconds + 999_999) / 1_000_000)
    }
}

extension RateLimiter.Subject {
    /// A site has 2^64 addresses of IPv6 and must not have as many quotas.
    fileprivate var counted: RateLimiter.Subject {
        guard case .network(let address) = self, address.v4 == nil else { return self }
        return .network(IPAddress(high: address.high, low: 0))
    }
}
