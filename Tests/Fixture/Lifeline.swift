import Glibc

/// A pipe that ties another process's life to ours: when nobody holds its writing end any more, and
/// only this process does, the kernel kills the other's process group.
///
/// It asks nothing of the other process, and knows no thread, unlike PR_SET_PDEATHSIG: tests are
/// started on threads that end long before the tests do.
final class Lifeline: Sendable {
    /// To be inherited by the child and by nobody else.
    let childEnd: Int32
    private let ownEnd: Int32

    /// Linux's number of F_SETSIG; the header hides the name.
    private static let setSignal: Int32 = 10

    init() {
        (childEnd, ownEnd) = DescriptorPair.pipe()
    }

    /// Our end goes, and with it what is tied to it.
    deinit {
        close(ownEnd)
        close(childEnd)
    }

    /// From now on our end means SIGKILL for the process group `group`.
    func tie(to group: pid_t) {
        let flags = fcntl(childEnd, F_GETFL)
        precondition(
            fcntl(childEnd, F_SETOWN, -group) == 0
                && fcntl(childEnd, Lifeline.setSignal, SIGKILL) == 0
                && fcntl(childEnd, F_SETFL, flags | O_ASYNC) == 0,
            "a pipe can tell a process group of its end")
    }
}

/// Both ends of a pipe, closed in every program that is started.
enum DescriptorPair {
    static func pipe() -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        precondition(Glibc.pipe(&ends) == 0, "there is room for another pipe")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
