/// Why `load` ends without a result: one line for standard error and the exit status.
struct LoadFailure: Error, Equatable {
    let message: String
    let exitStatus: Int32

    /// The command line is wrong (`EX_USAGE`).
    static func usage(_ message: String) -> LoadFailure {
        LoadFailure(message: message, exitStatus: 64)
    }

    /// The command line is right and the run could not be made.
    static func run(_ message: String) -> LoadFailure {
        LoadFailure(message: message, exitStatus: 1)
    }
}
