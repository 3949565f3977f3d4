/// Every time and count of the supervisor, with its reason.
enum RestartLimits {
    /// The first wait before a restart: a crash is repaired before most people see it.
    static let delayFirstMilliseconds: Int64 = 100
    /// The longest wait: a person who mends the cause sees the effect soon.
    static let delayMaxMilliseconds: Int64 = 10_000
    /// Who ran this long starts again with the first wait.
    static let steadyMilliseconds: Int64 = 30_000
    /// Half a minute of trying; then nothing but a person will help.
    static let failuresInRowMax = 9
    /// A first start takes a tenth of a second; after this long something hangs.
    static let startMillisecondsMax: Int64 = 30_000
    /// Tenths of a second that a killed forum's processes get to leave their ports.
    static let portTriesMax = 30
    /// Who has not ended so long after its own limits is killed.
    static let lateMilliseconds: Int64 = 10_000

    /// The wait before the start that follows so many failures in a row: doubled each time.
    static func delayMilliseconds(failures: Int) -> Int64 {
        precondition(failures > 0, "there is a wait after a failure only")
        return min(delayMaxMilliseconds, delayFirstMilliseconds << min(failures - 1, 20))
    }
}
