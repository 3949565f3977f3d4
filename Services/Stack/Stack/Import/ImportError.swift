import Glibc

/// Why an import ends before the end of its file.
enum ImportError: Error, Equatable, Sendable {
    case unreadable(path: String, reason: String)
    /// The file is broken at `position`.
    case broken(LabFault.Reason, text: String, at: FilePosition)
    /// The forum refuses to be filled by us.
    case refused(status: Int, detail: String)
    /// The forum does not answer, or stopped answering.
    case unreachable(String)
    /// What came back is no report of a bulk load.
    case strangeAnswer(String)
}

/// The system's words for what just went wrong.
func lastReason() -> String { unsafe String(cString: strerror(errno)) }
