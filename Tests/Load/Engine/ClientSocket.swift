import CLinux
import Glibc

/// The few socket calls of a client, all non-blocking; a `Connection` owns the descriptor.
enum ClientSocket {
    enum Transfer: Equatable {
        /// So many bytes; less than offered when a buffer is full or empty.
        case moved(Int)
        case blocked
        case closed
        case failed
    }

    /// Starts to connect; nil when the system has no socket left or refuses at once.
    static func connect(to endpoint: Endpoint) -> CInt? {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(forum_socket_flags)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return nil }
        var noDelay: CInt = 1
        unsafe setsockopt(
            descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<CInt>.size)
        )
        var address = SocketAddress(endpoint).value
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe Glibc.connect(descriptor, address, length)
            }
        }
        if result == 0 || errno == EINPROGRESS { return descriptor }
        close(descriptor)
        return nil
    }

    /// The reason why connecting failed; 0 when the connection stands.
    static func connectError(_ descriptor: CInt) -> CInt {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return result == 0 ? code : errno
    }

    static func send(_ bytes: [UInt8], from offset: Int, to descriptor: CInt) -> Transfer {
        let sent = unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.send(
                descriptor, buffer.baseAddress.map { unsafe $0 + offset }, buffer.count - offset,
                CInt(forum_no_signal))
        }
        if sent >= 0 { return .moved(sent) }
        return isWorthWaiting ? .blocked : .failed
    }

    static func receive(from descriptor: CInt, into bytes: inout [UInt8]) -> Transfer {
        let received = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        if received > 0 { return .moved(received) }
        if received == 0 { return .closed }
        return isWorthWaiting ? .blocked : .failed
    }

    private static var isWorthWaiting: Bool {
        let code = errno
        return code == EAGAIN || code == EINTR
    }

    /// Waits until a connection stands or the time is up; the reason when it does not.
    static func probe(_ endpoint: Endpoint, timeoutMilliseconds: CInt) -> String? {
        guard let descriptor = connect(to: endpoint) else { return SystemError.text() }
        defer { close(descriptor) }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&entry, 1, timeoutMilliseconds) == 1 else { return "no answer" }
        let code = connectError(descriptor)
        return code == 0 ? nil : SystemError.text(code)
    }
}

/// An IPv4 address in the kernel's byte order.
struct SocketAddress {
    let value: sockaddr_in

    init(_ endpoint: Endpoint) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = endpoint.port.bigEndian
        let host = endpoint.octets.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        address.sin_addr.s_addr = host.bigEndian
        value = address
    }
}
