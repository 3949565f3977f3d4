/// Every maximum of the gateway, with its reason. ALB's own where it has one.
package enum GatewayLimits {
    /// ALB's limit for one pattern; longer ones are refused with ValidationError.
    package static let patternBytesMax = 128
    /// ALB's limit for the values of all conditions of one rule.
    package static let conditionValuesMax = 5
    /// ALB's limit for `*` and `?` in all patterns of one rule: it also bounds the cost of
    /// matching.
    package static let wildcardsMax = 5
    /// Rule priorities are 1…50 000 in ALB; the default action comes after all of them.
    package static let priorityMax = 50_000
    /// ALB allows 100 and raises it on request; matching costs the same for ten and two thousand.
    package static let rulesMax = 2_000
    /// ALB's limit for listeners of one load balancer.
    package static let listenersMax = 50
    /// ALB's limit for target groups of one load balancer.
    package static let targetGroupsMax = 100
    /// ALB's limit for targets of one target group.
    package static let targetsMax = 1_000
    /// ALB's limit for the name of a target group.
    package static let targetGroupNameBytesMax = 32
    /// A health check path with its query, as in ALB.
    package static let healthCheckPathBytesMax = 1_024
    /// A configuration with every limit used stays below this; larger files are a mistake.
    package static let configurationBytesMax = 4 * 1024 * 1024
    /// An identifier a client may choose for its request: a few joined UUIDs, and short in a log
    /// line.
    package static let requestIDBytesMax = 128
    /// ALB rewrites `X-Amzn-Trace-Id` to a fresh root when it has grown beyond 7 KB.
    package static let amznTraceBytesMax = 7 * 1024
}
