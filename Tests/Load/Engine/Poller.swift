import CLinux
import Glibc

/// An edge-triggered epoll set: a socket is registered once and never again.
///
/// Safe to use although it holds raw memory: its own, of fixed size, freed with it.
@safe
struct Poller: ~Copyable {
    struct Event {
        let slot: Int
        let generation: UInt32
        /// The peer has closed or the connection broke: read until the end shows.
        let hasHangup: Bool
    }

    private let descriptor: CInt
    private let events: UnsafeMutablePointer<epoll_event>
    private var count = 0

    init() throws(LoadFailure) {
        descriptor = epoll_create1(CInt(forum_epoll_flags))
        unsafe events = .allocate(capacity: LoadLimits.eventsPerWait)
        guard descriptor >= 0 else { throw .run("epoll_create1: \(SystemError.text())") }
    }

    deinit {
        unsafe events.deallocate()
        close(descriptor)
    }

    /// Watches a socket for everything; closing the socket ends it.
    func add(_ socket: CInt, slot: Int, generation: UInt32) -> Bool {
        let interest =
            EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        let data = UInt64(generation) << 32 | UInt64(slot)
        return forum_epoll_control(descriptor, EPOLL_CTL_ADD, socket, interest, data) == 0
    }

    /// Waits until something happens or the time is up; the number of events for `event(_:)`.
    mutating func wait(nanoseconds: Int) -> Int {
        var time = timespec(
            tv_sec: nanoseconds / Nanoseconds.second, tv_nsec: nanoseconds % Nanoseconds.second)
        let limit = CInt(LoadLimits.eventsPerWait)
        // A wait cut short by a signal has no events.
        count = max(0, Int(unsafe epoll_pwait2(descriptor, events, limit, &time, nil)))
        return count
    }

    func event(_ index: Int) -> Event {
        precondition(index < count, "only events of the last wait")
        let event = unsafe events + index
        let data = unsafe forum_epoll_data(event)
        let hangup = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
        return unsafe Event(
            slot: Int(data & 0xFFFF_FFFF), generation: UInt32(data >> 32),
            hasHangup: event.pointee.events & hangup != 0)
    }
}
