import Glibc

/// The reason that the system gives for its last refusal.
enum SystemError {
    static func text(_ code: CInt = errno) -> String { unsafe String(cString: strerror(code)) }
}
