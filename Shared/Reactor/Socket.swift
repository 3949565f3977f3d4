import CLinux
import Glibc

/// One non-blocking TCP socket, closed exactly once: when told to, or when its owner lets go of it.
package struct Socket: ~Copyable {
    /// The open descriptor; -1 once closed.
    package private(set) var descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

    /// Closes now; later calls do nothing. The poller forgets a closed descriptor by itself.
    package mutating func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Lets go of the descriptor without closing it: the caller closes it from now on.
    package consuming func release() -> Int32 {
        let released = descriptor
        descriptor = -1
        return released
    }

    /// What a read or write came to.
    package enum Transfer: Equatable, Sendable {
        case bytes(Int)
        /// Nothing now; readiness will tell.
        case wouldBlock
        /// The other side sends no more (reads only).
        case ended
        case failed(Int32)
    }

    /// A listening socket, one of several on the same address (SO_REUSEPORT).
    package static func listen(
        on address: SocketAddress, backlog: Int32 = 1024
    ) throws(SystemError) -> Socket {
        let socket = try open(address)
        try socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
        try socket.set(SOL_SOCKET, SO_REUSEPORT, 1)
        try socket.bind(address)
        guard Glibc.listen(socket.descriptor, backlog) == 0 else {
            throw .last("listen", "\(address)")
        }
        return socket
    }

    /// Fails if another process already listens there. SO_REUSEPORT alone would let two processes
    /// of one user share a port unseen.
    package static func checkFree(_ address: SocketAddress) throws(SystemError) {
        guard address.port != 0 else { return }
        let socket = try open(address)
        try socket.set(SOL_SOCKET, SO_REUSEADDR, 1)
        try socket.bind(address)
        guard Glibc.listen(socket.descriptor, 1) == 0 else { throw .last("listen", "\(address)") }
    }

    /// A socket on its way to `address`; writable once connected, and `connectFailure` then says
    /// how it went.
    package static func connect(to address: SocketAddress) throws(SystemError) -> Socket {
        let socket = try open(address)
        try socket.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        let descriptor = socket.descriptor
        let result = unsafe address.withRaw { unsafe Glibc.connect(descriptor, $0, $1) }
        if result != 0, errno != EINPROGRESS { throw .last("connect", "\(address)") }
        return socket
    }

    /// The next waiting connection and where it comes from; nil when none waits.
    package func accept() throws(SystemError) -> (descriptor: Int32, peer: SocketAddress)? {
        var raw = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let flags = Int32(forum_socket_flags)
        while true {
            let accepted = unsafe withUnsafeMutablePointer(to: &raw) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe accept4(descriptor, $0, &length, flags)
                }
            }
            if accepted >= 0 { return (accepted, SocketAddress(raw)) }
            switch errno {
            case EAGAIN: return nil
            case EINTR, ECONNABORTED: continue
            default: throw .last("accept")
            }
        }
    }

    package func read(into room: UnsafeMutableRawBufferPointer) -> Transfer {
        while true {
            let count = unsafe recv(descriptor, room.baseAddress, room.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(errno) }
        }
    }

    /// Drops what has arrived without copying it (MSG_TRUNC), for a lingering close.
    package func discard(_ bytesMax: Int) -> Transfer {
        while true {
            let count = recv(descriptor, nil, bytesMax, Int32(forum_truncate))
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(errno) }
        }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        while true {
            let flags = Int32(forum_no_signal)
            let count = unsafe send(descriptor, bytes.baseAddress, bytes.count, flags)
            if count >= 0 { return .bytes(count) }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(errno) }
        }
    }

    /// Two pieces in one call, so that a head and its body need not be copied together.
    package func write(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> Transfer {
        var pieces = unsafe (
            iovec(
                iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress),
                iov_len: first.count),
            iovec(
                iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress),
                iov_len: second.count)
        )
        return unsafe withUnsafeMutableBytes(of: &pieces) { raw in
            var message = unsafe msghdr()
            unsafe message.msg_iov = raw.baseAddress?.assumingMemoryBound(to: iovec.self)
            unsafe message.msg_iovlen = 2
            while true {
                let count = unsafe sendmsg(descriptor, &message, Int32(forum_no_signal))
                if count >= 0 { return .bytes(count) }
                if errno == EAGAIN { return .wouldBlock }
                if errno != EINTR { return .failed(errno) }
            }
        }
    }

    /// Tells the other side that no more bytes come, and goes on reading.
    package func endWriting() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Answers are sent at once instead of waiting for more (Nagle off).
    package func sendAtOnce() { try? set(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }  // an optimisation

    /// Makes the close a reset, so that a cut-off answer cannot look complete.
    package func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<Glibc.linger>.size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, size)
    }

    /// The error a connection attempt ended with; 0 when it succeeded.
    package func connectFailure() -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return result == 0 ? code : errno
    }

    /// The address this socket is bound to; the port the system chose for port 0.
    package func localAddress() throws(SystemError) -> SocketAddress {
        var raw = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &raw) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        guard result == 0 else { throw .last("getsockname") }
        return SocketAddress(raw)
    }

    private static func open(_ address: SocketAddress) throws(SystemError) -> Socket {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(forum_socket_flags)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw .last("socket", "\(address)") }
        return Socket(descriptor: descriptor)
    }

    private func bind(_ address: SocketAddress) throws(SystemError) {
        let result = unsafe address.withRaw { unsafe Glibc.bind(descriptor, $0, $1) }
        guard result == 0 else { throw .last("bind", "\(address)") }
    }

    private func set(_ level: Int32, _ name: Int32, _ value: Int32) throws(SystemError) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe setsockopt(descriptor, level, name, &value, size) == 0 else {
            throw .last("setsockopt")
        }
    }
}
