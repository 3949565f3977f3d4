import CLinux

/// What the poller says about a descriptor. Edge-triggered: said once, until more happens.
///
/// Plain masks instead of an option set: the questions are asked twice a request.
package struct Readiness: Sendable {
    private let events: UInt32

    init(events: UInt32) { self.events = events }

    /// There is something to learn by reading: bytes, the end, or an error.
    package var mayRead: Bool { events & Readiness.reading != 0 }
    /// Writing may succeed.
    package var mayWrite: Bool { events & EPOLLOUT.rawValue != 0 }
    /// The other side will send no more; what it sent may still wait to be read.
    package var peerEnded: Bool { events & Readiness.ending != 0 }
    /// The connection is broken or fully closed.
    package var isHungUp: Bool { events & Readiness.broken != 0 }

    private static var broken: UInt32 { EPOLLHUP.rawValue | EPOLLERR.rawValue }
    private static var ending: UInt32 { EPOLLRDHUP.rawValue | broken }
    private static var reading: UInt32 { EPOLLIN.rawValue | ending }
}
