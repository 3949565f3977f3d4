import Glibc
import Reactor

/// Asks a process on this host whether it is ready, without loops or tasks: for health checks that
/// run as short commands.
enum ReadinessProbe {
    private static let timeoutMilliseconds: Int32 = 1_500
    private static let request =
        "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    static func isReady(_ address: SocketAddress) -> Bool {
        guard let socket = try? Socket.connect(to: address),  // Any failure means: not ready.
            wait(socket.descriptor, POLLOUT), socket.connectFailure() == 0,
            send(socket)
        else { return false }
        return wait(socket.descriptor, POLLIN) && isOK(socket)
    }

    private static func send(_ socket: borrowing Socket) -> Bool {
        let bytes = Array(request.utf8)
        return unsafe bytes.withUnsafeBytes { unsafe socket.write($0) } == .bytes(bytes.count)
    }

    private static func isOK(_ socket: borrowing Socket) -> Bool {
        var room = [UInt8](repeating: 0, count: 64)
        let read = unsafe room.withUnsafeMutableBytes { unsafe socket.read(into: $0) }
        guard case .bytes = read else { return false }
        return room.starts(with: Array("HTTP/1.1 200 ".utf8))
    }

    private static func wait(_ descriptor: Int32, _ event: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        return unsafe poll(&one, 1, timeoutMilliseconds) == 1
    }
}
