import CLinux
import Glibc

/// The epoll set of one loop and the table of who is told. Confined to that loop.
///
/// Safe to use although it holds a raw array: that array is its own, of fixed size, and freed with
/// it.
@safe
package struct Poller: ~Copyable {
    /// Events taken by one wait: more only delays the rest of the loop's work.
    private static let eventsMax = 256
    /// Free slots to begin with.
    private static let slotsFirst = 64

    private struct Tenant {
        var handler: (any LoopHandler)?
        var generation: UInt32 = 0
    }

    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private var tenants: [Tenant] = []
    private var free: [UInt32] = []

    init() throws(SystemError) {
        descriptor = epoll_create1(Int32(forum_epoll_flags))
        unsafe events = .allocate(capacity: Poller.eventsMax)
        guard descriptor >= 0 else { throw .last("epoll_create1") }
        tenants.reserveCapacity(Poller.slotsFirst)
    }

    deinit {
        unsafe events.deallocate()
        _ = close(descriptor)
    }

    /// Gives `handler` a place in the table, before or without a descriptor.
    mutating func add(_ handler: any LoopHandler) -> Token {
        let slot: UInt32
        if let reused = free.popLast() {
            slot = reused
        } else {
            slot = UInt32(tenants.count)
            tenants.append(Tenant())
        }
        tenants[Int(slot)].handler = handler
        return Token(slot: slot, generation: tenants[Int(slot)].generation)
    }

    /// Watches `descriptor` for everything, edge-triggered, on behalf of `token`: one call for its
    /// whole life.
    func watch(_ watched: Int32, for token: Token) throws(SystemError) {
        let all = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        guard forum_epoll_control(descriptor, EPOLL_CTL_ADD, watched, all, token.packed) == 0 else {
            throw .last("epoll_ctl")
        }
    }

    /// Watches a listener: level-triggered, so that what was left in its queue is told again.
    func watchListener(_ watched: Int32, for token: Token) throws(SystemError) {
        let flags = EPOLLIN.rawValue
        guard forum_epoll_control(descriptor, EPOLL_CTL_ADD, watched, flags, token.packed) == 0
        else { throw .last("epoll_ctl") }
    }

    /// Stops watching a descriptor that stays open.
    func unwatch(_ watched: Int32) {
        _ = forum_epoll_control(descriptor, EPOLL_CTL_DEL, watched, 0, 0)
    }

    /// Ends the tenancy; the token finds nothing from now on.
    mutating func remove(_ token: Token) {
        guard find(token) != nil else { return }
        tenants[Int(token.slot)].handler = nil
        tenants[Int(token.slot)].generation &+= 1
        free.append(token.slot)
    }

    /// Who is meant by `token`, if still here.
    @inline(__always)
    func find(_ token: Token) -> (any LoopHandler)? {
        guard Int(token.slot) < tenants.count else { return nil }
        let tenant = tenants[Int(token.slot)]
        return tenant.generation == token.generation ? tenant.handler : nil
    }

    /// Waits at most `timeoutMilliseconds` (-1: without end); answers how many events `event` will
    /// give.
    func wait(timeoutMilliseconds: Int32) -> Int {
        let count = unsafe epoll_wait(
            descriptor, events, Int32(Poller.eventsMax), timeoutMilliseconds)
        return max(0, Int(count))
    }

    /// One of the events of the last wait.
    func event(_ index: Int) -> (token: Token, readiness: Readiness) {
        let event = unsafe events + index
        return unsafe (
            Token(packed: forum_epoll_data(event)), Readiness(events: event.pointee.events)
        )
    }
}
