import Glibc

/// The environment that the processes of a stack are started with.
struct ChildEnvironment: Equatable, Sendable {
    /// Settings of our own that every process may have; all others are made for each of them.
    private static let passed: Set<String> = [
        "FORUM_ADMIN_SECRET", "FORUM_COMMIT_REQUESTS", "FORUM_DRAIN_MILLISECONDS",
        "FORUM_FINISH_MILLISECONDS", "FORUM_LOG_LEVEL", "FORUM_LOOPS", "FORUM_RATE_LIMITS",
        "FORUM_REGISTRATION",
    ]
    /// On one machine everybody knows at once who is leaving.
    private static let drainMilliseconds = "200"
    /// What the processes themselves take where nothing is said.
    private static let finishMilliseconds: Int64 = 10_000

    private let base: [String: String]

    /// `own` is the environment of this process.
    init(_ own: [String: String], secretFile: String) {
        var base = own.filter {
            !$0.key.hasPrefix("FORUM_") || ChildEnvironment.passed.contains($0.key)
        }
        if base["FORUM_ADMIN_SECRET"] == nil { base["FORUM_ADMIN_SECRET_FILE"] = secretFile }
        if base["FORUM_DRAIN_MILLISECONDS"] == nil {
            base["FORUM_DRAIN_MILLISECONDS"] = ChildEnvironment.drainMilliseconds
        }
        self.base = base
    }

    /// How long a process may take to end, by its own settings.
    var endMilliseconds: Int64 {
        let drain = base["FORUM_DRAIN_MILLISECONDS"].flatMap(Int64.init) ?? 0
        let finish = base["FORUM_FINISH_MILLISECONDS"].flatMap(Int64.init)
        return drain + (finish ?? ChildEnvironment.finishMilliseconds)
    }

    /// Entries `NAME=value` for a process with these settings, sorted.
    func variables(_ settings: [String: String]) -> [String] {
        base.merging(settings) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// The environment of this process.
    static func own() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { variables[String(pair[0])] = String(pair[1]) }
            unsafe entry += 1
        }
        return variables
    }
}
