internal import CLinux

/// The reason that the system gives for its last refusal.
enum SystemError {
    /// `errno`, which is a macro that the importer does not see.
    static var code: CInt { unsafe __errno_location().pointee }

    static func text(_ code: CInt = code) -> String { unsafe String(cString: strerror(code)) }
}
