import Glibc

/// A pipe that ties a child's life to ours. Only this process holds the writing end; when it is
/// gone, however it ended, the kernel sends SIGTERM to the child's process group.
///
/// It needs nothing of the child, unlike a pipe the child would watch, and is not tied to a thread,
/// unlike PR_SET_PDEATHSIG.
struct Lifeline: ~Copyable {
    /// Inherited by the child and by nobody else.
    let childEnd: Int32
    private let ownEnd: Int32

    /// Linux's number; the header hides the name.
    private static let setSignal: Int32 = 10

    init() throws(SpawnError) {
        (childEnd, ownEnd) = try DescriptorPair.pipe()
    }

    deinit {
        _ = close(ownEnd)
        _ = close(childEnd)
    }

    /// From now on our end means SIGTERM for the process group `group`.
    func tie(to group: pid_t) throws(SpawnError) {
        let flags = fcntl(childEnd, F_GETFL)
        guard fcntl(childEnd, F_SETOWN, -group) == 0,
            fcntl(childEnd, Lifeline.setSignal, SIGTERM) == 0,
            fcntl(childEnd, F_SETFL, flags | O_ASYNC) == 0
        else { throw .last("tying the process to this one") }
    }
}

/// Both ends of a pipe.
enum DescriptorPair {
    /// The reading and the writing end, closed when another program is started.
    static func pipe() throws(SpawnError) -> (reading: Int32, writing: Int32) {
        var ends: (Int32, Int32) = (-1, -1)
        let result = unsafe withUnsafeMutableBytes(of: &ends) {
            unsafe Glibc.pipe($0.baseAddress?.assumingMemoryBound(to: Int32.self))
        }
        guard result == 0 else { throw .last("pipe") }
        _ = fcntl(ends.0, F_SETFD, FD_CLOEXEC)
        _ = fcntl(ends.1, F_SETFD, FD_CLOEXEC)
        return ends
    }
}

/// Why a program was not started.
struct SpawnError: Error, Equatable, Sendable, CustomStringConvertible {
    let description: String

    static func last(_ what: String) -> SpawnError {
        SpawnError(description: "\(what): \(lastReason())")
    }
}
