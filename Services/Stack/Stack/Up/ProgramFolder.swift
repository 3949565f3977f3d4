import Glibc

/// The folder this program was started from, where the others are as well.
enum ProgramFolder {
    /// Links resolved; `.` where the system does not tell.
    static var own: String {
        guard let path = unsafe realpath("/proc/self/exe", nil) else { return "." }
        defer { unsafe free(path) }
        let text = unsafe String(cString: path)
        guard let slash = text.lastIndex(of: "/") else { return "." }
        return String(text[..<slash])
    }
}
