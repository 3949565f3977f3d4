import Glibc

/// How a process ended.
enum ChildExit: Equatable, Sendable, CustomStringConvertible {
    case code(Int32)
    case signal(Int32)

    /// The code of a program that could not be started, as shells have it.
    static let notStarted: Int32 = 127
    /// The code of a program that was interrupted, as shells have it.
    static let interrupted: Int32 = 130

    /// From what `waitpid` stored.
    init(status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .code(status >> 8 & 0xff) : .signal(signal)
    }

    var isClean: Bool { self == .code(0) }

    /// In words: `exit 1`, `killed by signal 9 (KILL)`.
    var description: String {
        switch self {
        case .code(let code): "exit \(code)"
        case .signal(let signal): "killed by signal \(signal)\(ChildExit.name(of: signal))"
        }
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case SIGABRT: " (ABRT)"
        case SIGBUS: " (BUS)"
        case SIGFPE: " (FPE)"
        case SIGILL: " (ILL)"
        case SIGINT: " (INT)"
        case SIGKILL: " (KILL)"
        case SIGSEGV: " (SEGV)"
        case SIGTERM: " (TERM)"
        case SIGTRAP: " (TRAP)"
        default: ""
        }
    }
}
