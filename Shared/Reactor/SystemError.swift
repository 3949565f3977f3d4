import CLinux
import Glibc

/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The call, such as `bind`.
    package let call: StaticString
    /// The thing it was about, such as an address.
    package let subject: String
    package let code: Int32

    /// The error of the call that just failed.
    package static func last(_ call: StaticString, _ subject: String = "") -> SystemError {
        SystemError(call: call, subject: subject, code: errno)
    }

    package var description: String {
        let reason = unsafe String(cString: strerror(code))
        return subject.isEmpty ? "\(call): \(reason)" : "\(call) \(subject): \(reason)"
    }

    package static func == (left: SystemError, right: SystemError) -> Bool {
        left.code == right.code && "\(left.call)" == "\(right.call)"
            && left.subject == right.subject
    }
}
