import CLinux
import Glibc

/// What the poller says about a descriptor. Edge-triggered: said once, until more happens.
package struct Readiness: OptionSet, Sendable {
    package let rawValue: UInt32

    @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    package static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The other side will send no more; what it sent may still wait to be read.
    package static let peerEnded = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// The connection is broken or fully closed.
    package static let hungUp = Readiness(rawValue: EPOLLHUP.rawValue | EPOLLERR.rawValue)
}

/// Told by its loop when a descriptor is ready or a deadline is reached. Lives on that loop only.
package protocol LoopHandler: AnyObject {
    func ready(_ readiness: Readiness)

    /// The armed deadline has come. Answers the next one in loop milliseconds, or nil for none.
    func deadlineReached(now: Int64) -> Int64?
}
