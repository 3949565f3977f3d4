/// The quotas of every bucket; a bucket without one is not limited and its answers say nothing.
package struct RateQuotas: Sendable {
    private var usual: [RateBucket: RateQuota]
    private var young: [RateBucket: RateQuota]

    /// Accounts younger than this have the smaller quotas: a day is long for who came to flood.
    package static let youngMilliseconds: Int64 = 24 * 60 * 60 * 1000

    /// `young` are the quotas of young accounts; where it has none the usual one holds.
    package init(_ usual: [RateBucket: RateQuota], young: [RateBucket: RateQuota] = [:]) {
        self.usual = usual
        self.young = young
    }

    var isEmpty: Bool { usual.isEmpty && young.isEmpty }

    /// Nothing is limited: for load tests, and where a gateway does it.
    package static let off = RateQuotas([:])

    /// What nobody reaches by hand, and programs do at once.
    package static let usual = RateQuotas(
        [
            .ip: RateQuota(600, perSeconds: 60), .login: RateQuota(10, perSeconds: 60),
            .register: RateQuota(20, perSeconds: 3600), .post: RateQuota(30, perSeconds: 60),
            .thread: RateQuota(10, perSeconds: 60), .react: RateQuota(120, perSeconds: 60),
            .message: RateQuota(30, perSeconds: 60), .search: RateQuota(60, perSeconds: 60),
            .upload: RateQuota(20, perSeconds: 60), .bulk: RateQuota(60, perSeconds: 60),
        ],
        young: [
            .post: RateQuota(10, perSeconds: 60), .thread: RateQuota(3, perSeconds: 60),
            .react: RateQuota(30, perSeconds: 60), .message: RateQuota(5, perSeconds: 60),
            .upload: RateQuota(5, perSeconds: 60),
        ])

    /// The quota of `bucket` for an account that is that old; nil: it is not limited.
    package func quota(_ bucket: RateBucket, isYoung: Bool) -> RateQuota? {
        (isYoung ? young[bucket] : nil) ?? usual[bucket]
    }
}
