internal import CLinux

/// An edge-triggered epoll set: a socket is registered once and never again.
@safe struct Poller: ~Copyable {
    struct Event {
        let slot: Int
        let generation: UInt32
        /// The peer has closed or the connection broke: read until the end shows.
        let hasHangup: Bool
    }

    private let descriptor: CInt
    private var events: [epoll_event]
    private var count = 0

    init() throws(LoadFailure) {
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC.rawValue))
        guard descriptor >= 0 else { throw .run("epoll_create1: \(SystemError.text())") }
        events = [epoll_event](repeating: epoll_event(), count: LoadLimits.eventsPerWait)
    }

    deinit { close(descriptor) }

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
        let limit = CInt(events.count)
        count = unsafe events.withUnsafeMutableBufferPointer { events in
            let base = unsafe events.baseAddress
            // A wait cut short by a signal has no events.
            return max(0, Int(unsafe epoll_pwait2(descriptor, base, limit, &time, nil)))
        }
        return count
    }

    func event(_ index: Int) -> Event {
        precondition(index < count, "only events of the last wait")
        var event = events[index]
        let data = unsafe forum_epoll_data(&event)
        let hangup = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
        return Event(
            slot: Int(data & 0xFFFF_FFFF), generation: UInt32(data >> 32),
            hasHangup: event.events & hangup != 0)
    }
}
