import HTTP

/// What a quota says of one request.
package struct RateVerdict: Equatable, Sendable {
    package let bucket: RateBucket
    package let quota: RateQuota
    /// Whether it is within the quota and was counted; one beyond it is not.
    package let isAllowed: Bool
    /// How many more may follow at once.
    package let remaining: Int
    /// Seconds, rounded up: until the whole quota is there again, or, for one beyond it, until the
    /// next is allowed.
    package let seconds: Int

    /// Adds RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-11), such as
    /// `"post";q=10;w=60` and `"post";r=7;t=41`.
    func write(into fields: inout Fields) {
        let name = bucket.rawValue
        fields.append(
            .rateLimitPolicy, "\"\(name)\";q=\(quota.count);w=\(quota.windowSeconds)")
        fields.append(.rateLimit, "\"\(name)\";r=\(remaining);t=\(seconds)")
    }

    /// Throws 429 with the time to wait for what is beyond the quota.
    package func require() throws(APIError) {
        if isAllowed { return }
        var error = APIError(
            .rateLimited,
            "at most \(quota.count) in \(quota.windowSeconds) seconds; "
                + "the next is allowed in \(seconds)")
        error.retryAfterSeconds = seconds
        throw error
    }
}
