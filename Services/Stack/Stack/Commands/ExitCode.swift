import Launch

/// The exit codes of commands that fill a forum: those of sysexits.h.
enum ExitCode {
    /// The file cannot be read.
    static let noInput: Int32 = 66
    /// The forum does not answer.
    static let unavailable: Int32 = 69
    /// The admin secret is not the right one.
    static let noPermission: Int32 = 77

    /// What an import that broke off ends with.
    static func of(_ error: ImportError) -> Int32 {
        switch error {
        case .unreadable: noInput
        case .broken: Exit.data
        case .refused(let status, _): [401, 403].contains(status) ? noPermission : unavailable
        case .unreachable, .strangeAnswer: unavailable
        }
    }
}
