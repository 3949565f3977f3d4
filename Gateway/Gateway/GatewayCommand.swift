/// What the command line asks for.
package enum GatewayCommand: Equatable, Sendable {
    /// Serve until told to stop; `file` overrides the setting.
    case serve(file: String?)
    /// Validate a configuration without starting.
    case check(file: String)
    /// Ask the running gateway whether it is ready.
    case health
    case help

    /// Why a command line is none, in one line.
    package struct Misuse: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// The exit status for a command line that makes no sense (EX_USAGE).
    package static let misuseStatus: Int32 = 64

    /// `arguments` without the name of the program.
    package init(_ arguments: [String]) throws(Misuse) {
        switch arguments.first {
        case nil: self = .serve(file: nil)
        case "--help", "-h", "help": self = .help
        case "check":
            guard arguments.count == 2, !arguments[1].hasPrefix("-") else {
                throw GatewayCommand.misuse("check needs one file")
            }
            self = .check(file: arguments[1])
        case "health":
            guard arguments.count == 1 else { throw GatewayCommand.misuse("health takes nothing") }
            self = .health
        case "--config":
            guard arguments.count == 2 else {
                throw GatewayCommand.misuse("--config needs one file")
            }
            self = .serve(file: arguments[1])
        case .some(let word) where word.hasPrefix("-"):
            throw GatewayCommand.misuse("unknown flag \(word)")
        case .some(let word):
            throw GatewayCommand.misuse("unknown command \(word)")
        }
    }

    private static func misuse(_ reason: String) -> Misuse {
        Misuse(description: "gateway: \(reason); gateway --help shows what there is")
    }
}
